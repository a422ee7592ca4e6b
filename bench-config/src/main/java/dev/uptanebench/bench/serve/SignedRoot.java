package dev.uptanebench.bench.serve;

import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.Root;

/** A Root and the file that it stands in. */
record SignedRoot(Root root, Bytes file) {}
