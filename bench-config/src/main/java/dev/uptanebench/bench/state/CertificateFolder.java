package dev.uptanebench.bench.state;

import dev.uptanebench.vehicle.kernel.SystemRandom;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * A certificate authority of the bench's own, a certificate for its server and one for each vehicle: ECDSA P-256, PEM
 * files with keys as PKCS#8. The authority is made once; the others are made anew when they are about to expire.
 */
public final class CertificateFolder {
    private static final Duration AUTHORITY = Duration.ofDays(3650);
    private static final Duration LEAF = Duration.ofDays(397);
    private static final Duration RENEWED_BEFORE = Duration.ofDays(60);
    private static final Duration SKEW = Duration.ofHours(1);
    private static final String TLS = "TLSv1.3";
    private static final int SERIAL_BYTES = 16;

    private final Path folder;
    private final Instant now;

    public CertificateFolder(Path folder, Instant now) {
        this.folder = folder;
        this.now = now;
    }

    /** Makes what is missing. */
    public static CertificateFolder ensure(Path folder, Instant now, String host) throws IOException {
        CertificateFolder certificates = new CertificateFolder(folder, now);
        try {
            if (!Files.exists(certificates.certificate("ca"))) {
                certificates.makeAuthority();
            }
            certificates.ensureLeaf("server", "localhost", KeyPurposeId.id_kp_serverAuth, names(host));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("no certificates can be made: " + e.getMessage(), e);
        }
        return certificates;
    }

    /**
     * A certificate for a vehicle, made where there is none or it is about to expire.
     *
     * @return its name in this folder
     */
    public String vehicle(String vin) throws IOException {
        String name = "vehicle-" + vin;
        try {
            ensureLeaf(name, vin, KeyPurposeId.id_kp_clientAuth,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, vin)));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("no certificate can be made: " + e.getMessage(), e);
        }
        return name;
    }

    public Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }

    public Path privateKey(String name) {
        return folder.resolve(name + ".key");
    }

    /** TLS 1.3, and nobody without a certificate of this authority. */
    public SslContext server() throws IOException {
        return SslContextBuilder
                .forServer(certificate("server").toFile(), privateKey("server").toFile())
                .trustManager(certificate("ca").toFile()).clientAuth(ClientAuth.REQUIRE).protocols(TLS).build();
    }

    /** TLS 1.3 for whoever comes. */
    public SslContext openServer() throws IOException {
        return SslContextBuilder.forServer(certificate("server").toFile(), privateKey("server").toFile())
                .protocols(TLS).build();
    }

    /** TLS 1.3 with nobody but servers of this authority. */
    public SslContext client() throws IOException {
        return SslContextBuilder.forClient().trustManager(certificate("ca").toFile()).protocols(TLS).build();
    }

    private static GeneralNames names(String host) {
        boolean numeric = host.chars().allMatch(c -> "0123456789abcdefABCDEF.:".indexOf(c) >= 0);
        GeneralName own = new GeneralName(numeric ? GeneralName.iPAddress : GeneralName.dNSName, host);
        return new GeneralNames(new GeneralName[]{new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"), new GeneralName(GeneralName.iPAddress, "::1"),
                own});
    }

    private void makeAuthority() throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPair pair = pair();
        X500Name name = name("Uptane Bench authority");
        JcaX509v3CertificateBuilder builder = builder(name, name, pair, AUTHORITY);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        write("ca", sign(builder, pair.getPrivate()), pair.getPrivate());
    }

    private void ensureLeaf(String file, String commonName, KeyPurposeId purpose, GeneralNames names)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        if (Files.exists(certificate(file)) && Files.exists(privateKey(file))
                && read(file).getNotAfter().toInstant().isAfter(now.plus(RENEWED_BEFORE))) {
            return;
        }
        KeyPair pair = pair();
        X500Name issuer = X500Name.getInstance(read("ca").getSubjectX500Principal().getEncoded());
        JcaX509v3CertificateBuilder builder = builder(issuer, name(commonName), pair, LEAF);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        builder.addExtension(Extension.subjectAlternativeName, false, names);
        write(file, sign(builder, key("ca")), pair.getPrivate());
    }

    private JcaX509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair pair, Duration lifetime) {
        return new JcaX509v3CertificateBuilder(issuer, new BigInteger(1, SystemRandom.bytes(SERIAL_BYTES)),
                Date.from(now.minus(SKEW)), Date.from(now.plus(lifetime)), subject, pair.getPublic());
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
    }

    private static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), SystemRandom.forKeys());
        return generator.generateKeyPair();
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey issuer)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer)));
    }

    /** The certificate last: where it is, its key is too. */
    private void write(String name, X509Certificate certificate, PrivateKey key)
            throws IOException, GeneralSecurityException {
        PrivateFiles.put(privateKey(name), pem("PRIVATE KEY", key.getEncoded()));
        PrivateFiles.put(certificate(name), pem("CERTIFICATE", certificate.getEncoded()));
    }

    private static byte[] pem(String type, byte[] content) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] content(Path file) throws IOException {
        try (PemReader reader = new PemReader(Files.newBufferedReader(file, StandardCharsets.US_ASCII))) {
            PemObject object = reader.readPemObject();
            if (object == null) {
                throw new IOException(file + " is no PEM file");
            }
            return object.getContent();
        }
    }

    private X509Certificate read(String name) throws IOException, GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(content(certificate(name))));
    }

    private PrivateKey key(String name) throws IOException, GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(content(privateKey(name))));
    }
}
