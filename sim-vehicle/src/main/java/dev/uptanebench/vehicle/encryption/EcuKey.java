package dev.uptanebench.vehicle.encryption;

import dev.uptanebench.vehicle.requirement.Carries;
import dev.uptanebench.vehicle.uptane.Bytes;
import dev.uptanebench.vehicle.uptane.EncryptedImage;
import dev.uptanebench.vehicle.uptane.Encryption;

/** The key with which an ECU decrypts its images. It is never the key with which the ECU signs (5.4.1). */
@Carries("U-5.4.1-6")
public sealed interface EcuKey permits OwnSymmetricKey, OwnKeyPair {

    /**
     * Decrypts what this kind of key is for.
     *
     * @param context what the image is bound to
     * @throws CannotDecrypt if it was encrypted in another way, for somebody else, as another image, or not at all
     */
    Bytes open(Encryption encryption, byte[] context, Bytes sealed) throws CannotDecrypt;

    /**
     * Decrypts an image (5.4.3.4 step 6).
     *
     * @param sealed the encrypted bytes
     * @throws CannotDecrypt if they are not what this ECU can open as that image
     */
    default Bytes open(EncryptedImage image, ImageIdentity identity, Bytes sealed) throws CannotDecrypt {
        return open(image.encryption(), identity.context(), sealed);
    }

    /** What encrypts to it: the public half of a pair, or the symmetric key itself. */
    Bytes shown();
}
