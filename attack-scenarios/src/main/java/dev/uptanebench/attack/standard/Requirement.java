package dev.uptanebench.attack.standard;

/**
 * One requirement of the Uptane Standard 2.1.0, or of the draft after it ({@code D-}).
 *
 * @param section where it stands
 * @param level SHALL, SHALL NOT, SHOULD, SHOULD NOT, MAY or assumption
 * @param subject whom it binds
 * @param text what it asks for, retold
 */
public record Requirement(String id, String section, String level, String subject, String text) {}
