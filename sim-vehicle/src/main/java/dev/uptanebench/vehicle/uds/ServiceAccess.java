package dev.uptanebench.vehicle.uds;

/** In which session a service is there at all, and what it needs: the checks that come before a request is even read. */
final class ServiceAccess {

    private enum Needs {
        NOTHING,
        /** Any session but the default one. */
        SESSION,
        EXTENDED_SESSION,
        /** A session, a key where the ECU is locked, and authentication where it asks for that. */
        PERMISSION
    }

    private ServiceAccess() {}

    /**
     * Checks in the order of ISO 14229-1 figure 5.
     *
     * @throws UdsRefusal 11, 7F, 33 or 34
     */
    static void check(int service, int session, SecurityLock lock, AuthenticationState authentication)
            throws UdsRefusal {
        switch (needs(service, authentication)) {
            case NOTHING -> {
            }
            case SESSION -> inSession(session != UdsSession.DEFAULT);
            case EXTENDED_SESSION -> inSession(session == UdsSession.EXTENDED);
            case PERMISSION -> {
                inSession(session != UdsSession.DEFAULT);
                if (!lock.open()) {
                    throw new UdsRefusal(NegativeResponse.SECURITY_ACCESS_DENIED);
                }
                if (!authentication.open()) {
                    throw new UdsRefusal(NegativeResponse.AUTHENTICATION_REQUIRED);
                }
            }
        }
    }

    private static Needs needs(int service, AuthenticationState authentication) throws UdsRefusal {
        return switch (service) {
            case UdsService.SESSION_CONTROL, UdsService.ECU_RESET, UdsService.READ_DATA, UdsService.TESTER_PRESENT ->
                Needs.NOTHING;
            case UdsService.AUTHENTICATION -> {
                if (!authentication.supported()) {
                    throw new UdsRefusal(NegativeResponse.SERVICE_NOT_SUPPORTED);
                }
                yield Needs.NOTHING;
            }
            case UdsService.SECURITY_ACCESS -> Needs.SESSION;
            case UdsService.COMMUNICATION_CONTROL, UdsService.CONTROL_DTC_SETTING -> Needs.EXTENDED_SESSION;
            case UdsService.WRITE_DATA, UdsService.ROUTINE_CONTROL, UdsService.REQUEST_DOWNLOAD,
                    UdsService.TRANSFER_DATA, UdsService.TRANSFER_EXIT, UdsService.FILE_TRANSFER ->
                Needs.PERMISSION;
            default -> throw new UdsRefusal(NegativeResponse.SERVICE_NOT_SUPPORTED);
        };
    }

    private static void inSession(boolean rightSession) throws UdsRefusal {
        if (!rightSession) {
            throw new UdsRefusal(NegativeResponse.SERVICE_NOT_IN_SESSION);
        }
    }
}
