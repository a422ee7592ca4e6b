package dev.uptanebench.bench.cli;

import picocli.CommandLine.Command;

/** What all verbs but one have in common: help and version. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
abstract class Verb extends PlainVerb {}
