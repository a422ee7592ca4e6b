package dev.uptanebench.vehicle.uptane.dialect;

import dev.uptanebench.vehicle.uptane.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERVisibleString;
import org.bouncycastle.asn1.ASN1Boolean;

/** A sequence under automatic tags that is being written, field by field in ascending order. */
final class DerFields {
    private final ASN1EncodableVector fields = new ASN1EncodableVector();

    /** A value under an implicit tag. */
    DerFields put(int field, ASN1Encodable value) {
        fields.add(new DERTaggedObject(false, field, value));
        return this;
    }

    /** A choice, whose own tag says which it is, under a tag around it. */
    DerFields choice(int field, int chosen, ASN1Encodable value) {
        fields.add(new DERTaggedObject(true, field, new DERTaggedObject(false, chosen, value)));
        return this;
    }

    DerFields integer(int field, long value) {
        return put(field, new ASN1Integer(value));
    }

    DerFields enumerated(int field, int value) {
        return put(field, new ASN1Enumerated(value));
    }

    /** Written only where it is true. */
    DerFields flag(int field, boolean value) {
        return value ? put(field, ASN1Boolean.TRUE) : this;
    }

    DerFields octets(int field, Bytes value) {
        return put(field, new DEROctetString(value.toArray()));
    }

    DerFields text(int field, String value) {
        return put(field, new DERUTF8String(value));
    }

    /** A list with its length in front: fields {@code field} and the one after it. */
    <T> DerFields list(int field, Collection<T> elements, Function<T, ? extends ASN1Encodable> encoding) {
        ASN1EncodableVector encoded = new ASN1EncodableVector();
        elements.forEach(element -> encoded.add(encoding.apply(element)));
        return integer(field, elements.size()).put(field + 1, new DERSequence(encoded));
    }

    /** A field that was kept as it stood, tag and length included. */
    DerFields kept(String hex) {
        fields.add(value(Bytes.hex(hex)));
        return this;
    }

    DERSequence sequence() {
        return new DERSequence(fields);
    }

    /** An element of a list: visible ASCII, or UTF-8 where that is not enough. */
    static ASN1Encodable text(String value) {
        return DerReader.isVisible(value) ? new DERVisibleString(value) : new DERUTF8String(value);
    }

    static ASN1Encodable octets(Bytes value) {
        return new DEROctetString(value.toArray());
    }

    static ASN1Encodable integer(BigInteger value) {
        return new ASN1Integer(value);
    }

    /** A list of texts under a tag, as {@link #kept} takes it. */
    static String texts(int field, Collection<String> texts) {
        ASN1EncodableVector encoded = new ASN1EncodableVector();
        texts.forEach(each -> encoded.add(text(each)));
        return encode(new DERTaggedObject(false, field, new DERSequence(encoded))).toHex();
    }

    /** A value that was read before, for writing it again. */
    static ASN1Encodable value(Bytes encoded) {
        try {
            return ASN1Primitive.fromByteArray(encoded.toArray());
        } catch (IOException e) {
            throw new IllegalArgumentException("expected DER", e);
        }
    }

    /** The bytes of a value. */
    static Bytes encode(ASN1Object value) {
        try {
            return Bytes.of(value.getEncoded("DER"));
        } catch (IOException e) {
            throw new IllegalStateException("nothing is written but to memory", e);
        }
    }
}
