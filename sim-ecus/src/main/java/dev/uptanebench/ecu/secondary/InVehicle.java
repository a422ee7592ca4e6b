package dev.uptanebench.ecu.secondary;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.uptane.PercentEncoding;
import dev.uptanebench.vehicle.uptane.RepositoryName;
import dev.uptanebench.vehicle.uptane.RoleType;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How Uptane is carried over UDS: data identifiers, routines, status bytes and file paths. */
public final class InVehicle {
    /** Read: the signed version report. */
    @Carries({"U-5.4.3-s6", "U-5.4.3.6-1"})
    public static final int DID_REPORT = 0xF1A0;
    /** Read: a nonce for the next time message, eight bytes. */
    public static final int DID_NONCE = 0xF1A1;
    /** Write: a signed time message that holds the nonce. */
    public static final int DID_TIME = 0xF1A2;
    /** Read: trusted versions, one {@code repository/role=version} a line. */
    public static final int DID_VERSIONS = 0xF1A3;

    /** Read: one byte, 1 if the ECU wants newer metadata although nothing may be ordered for it, else 0. */
    public static final int DID_METADATA_WANTED = 0xF1A4;

    /** Verifies the metadata that was sent; the record is a status byte and, unless accepted, a text. */
    public static final int ROUTINE_VERIFY_METADATA = 0x0301;
    /** Erases the memory for the ordered image. */
    public static final int ROUTINE_ERASE = 0xFF00;
    /** Checks the image that was sent; the record is as for metadata. */
    public static final int ROUTINE_CHECK_IMAGE = 0x0202;

    /** Accepted, and an image is ordered. */
    public static final int STATUS_ACCEPTED = 0x00;
    /** A check failed. */
    public static final int STATUS_REFUSED = 0x01;
    /** Nothing is wrong, and nothing is ordered for this ECU. */
    public static final int STATUS_NOTHING_ORDERED = 0x02;
    /** A file is missing. */
    public static final int STATUS_INCOMPLETE = 0x03;

    private static final Pattern PATH = Pattern
            .compile("(" + RepositoryName.FORM
                    + ")/(?:([1-9][0-9]{0,9})\\.)?(root|timestamp|snapshot|targets)\\.[a-z]{1,4}");

    private static final Pattern DELEGATED = Pattern
            .compile("(" + RepositoryName.FORM + ")/delegations/([A-Za-z0-9._~%-]{1,240})\\.[a-z]{1,4}");

    private InVehicle() {}

    /**
     * A metadata file by its path: {@code director/2.root.json}, {@code image/targets.json},
     * {@code image/delegations/supplier.json}.
     *
     * @param version of a Root, 0 for the other roles
     * @param delegated the percent-encoded name of a delegated role, empty for the top-level ones
     */
    public record MetadataPath(RepositoryName repository, RoleType role, long version, String delegated) {

        public MetadataPath(RepositoryName repository, RoleType role, long version) {
            this(repository, role, version, "");
        }

        /** The file of a delegated role, whose name may hold any character. */
        public static MetadataPath delegated(RepositoryName repository, String role) {
            return new MetadataPath(repository, RoleType.TARGETS, 0, PercentEncoding.segment(role));
        }

        /** The path, with the dialect's extension. */
        public String text(String extension) {
            if (!delegated.isEmpty()) {
                return repository.id() + "/delegations/" + delegated + '.' + extension;
            }
            String prefix = role == RoleType.ROOT ? version + "." : "";
            return repository.id() + '/' + prefix + role.id() + '.' + extension;
        }

        /** Empty for a path that names no metadata file. */
        public static Optional<MetadataPath> parse(String path) {
            Matcher matcher = PATH.matcher(path);
            if (!matcher.matches()) {
                Matcher role = DELEGATED.matcher(path);
                return role.matches() && !role.group(1).equals(RepositoryName.DIRECTOR.id()) // which delegates nothing
                        ? Optional.of(new MetadataPath(new RepositoryName(role.group(1)), RoleType.TARGETS, 0,
                                role.group(2)))
                        : Optional.empty();
            }
            RepositoryName repository = new RepositoryName(matcher.group(1));
            RoleType role = RoleType.valueOf(matcher.group(3).toUpperCase(java.util.Locale.ROOT));
            String version = matcher.group(2);
            boolean numbered = version != null;
            return numbered == (role == RoleType.ROOT)
                    ? Optional.of(new MetadataPath(repository, role, numbered ? Long.parseLong(version) : 0))
                    : Optional.empty();
        }
    }
}
