package dev.uptanebench.vehicle.uptane;

import java.io.IOException;
import java.util.Base64;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** Public keys as PEM of SubjectPublicKeyInfo (RFC 7468), the form TUF gives ECDSA and RSA keys. */
final class Pem {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";
    private static final int LINE = 64;

    private Pem() {}

    /** @throws IllegalArgumentException if it is not such a key */
    static AsymmetricKeyParameter decode(String pem) {
        String text = pem.strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw new IllegalArgumentException("expected a public key in PEM");
        }
        String base64 = text.substring(BEGIN.length(), text.length() - END.length()).replaceAll("[\r\n]", "");
        try {
            return PublicKeyFactory.createKey(Base64.getDecoder().decode(base64));
        } catch (IOException | RuntimeException e) { // Bouncy Castle has many ways to say that it is no key
            throw new IllegalArgumentException("not a public key: " + e.getMessage(), e);
        }
    }

    /** With a line break at the end, as OpenSSL writes it. */
    static String encode(AsymmetricKeyParameter key) {
        try {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key);
            String base64 = Base64.getMimeEncoder(LINE, new byte[]{'\n'}).encodeToString(info.getEncoded("DER"));
            return BEGIN + '\n' + base64 + '\n' + END + '\n';
        } catch (IOException e) {
            throw new IllegalStateException("every public key has an encoding", e);
        }
    }
}
