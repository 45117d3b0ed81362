package org.verifiedwebhook;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.MacSpi;

/** Writes down every MAC, digest and check of a signature that it is asked for, and lets the platform make it. */
final class CountingProvider extends Provider {

    private static final long serialVersionUID = 1L;
    private static final Map<String, String> PLATFORM = Map.of(
            "HmacSHA256", "SunJCE",
            "HmacSHA1", "SunJCE",
            "HmacSHA512", "SunJCE",
            "SHA-1", "SUN",
            "SHA-256", "SUN",
            "SHA-512", "SUN",
            "Ed25519", "SunEC",
            "SHA256withECDSA", "SunEC",
            "SHA256withRSA", "SunRsaSign");

    /** What was asked for: a MAC with its bytes, a digest with its blocks. */
    private final transient List<String> work = new ArrayList<>();

    CountingProvider() {
        super("Counting", "1", "counts");
        for (String name : PLATFORM.keySet()) {
            String type = name.startsWith("Hmac") ? "Mac" : name.startsWith("SHA-") ? "MessageDigest" : "Signature";
            putService(new Service(this, type, name, "none", null, null) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    try {
                        return switch (type) {
                            case "Mac" -> new CountedMac(Mac.getInstance(name, PLATFORM.get(name)));
                            case "MessageDigest" ->
                                new CountedDigest(MessageDigest.getInstance(name, PLATFORM.get(name)));
                            default -> new CountedSignature(Signature.getInstance(name, PLATFORM.get(name)));
                        };
                    } catch (GeneralSecurityException e) {
                        throw new NoSuchAlgorithmException(name, e);
                    }
                }
            });
        }
    }

    /** What was asked for since the last call. */
    List<String> taken() {
        List<String> taken = List.copyOf(work);
        work.clear();
        return taken;
    }

    private final class CountedMac extends MacSpi {
        private final Mac mac;
        private int bytes;

        CountedMac(Mac mac) {
            this.mac = mac;
        }

        @Override
        protected int engineGetMacLength() {
            return mac.getMacLength();
        }

        @Override
        protected void engineInit(Key key, AlgorithmParameterSpec parameters)
                throws InvalidKeyException, InvalidAlgorithmParameterException {
            if (key.getEncoded().length > block(mac.getAlgorithm())) {
                work.add(mac.getAlgorithm() + " of a key that it has to hash");
            }
            mac.init(key, parameters);
        }

        @Override
        protected void engineUpdate(byte input) {
            engineUpdate(new byte[] {input}, 0, 1);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            bytes += length;
            mac.update(input, offset, length);
        }

        @Override
        protected byte[] engineDoFinal() {
            work.add(mac.getAlgorithm() + " of " + bytes);
            return mac.doFinal();
        }

        @Override
        protected void engineReset() {
            mac.reset();
        }
    }

    private static int block(String algorithm) {
        return algorithm.endsWith("512") ? 128 : 64;
    }

    private final class CountedDigest extends MessageDigestSpi {
        private final MessageDigest digest;
        private int bytes;

        CountedDigest(MessageDigest digest) {
            this.digest = digest;
        }

        @Override
        protected void engineUpdate(byte input) {
            bytes++;
            digest.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            bytes += length;
            digest.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            int block = block(digest.getAlgorithm());
            // One bit and the length follow the bytes (FIPS 180-4 section 5.1).
            work.add(digest.getAlgorithm() + " in " + ((bytes + block / 8) / block + 1));
            bytes = 0;
            return digest.digest();
        }

        @Override
        protected void engineReset() {
            bytes = 0;
            digest.reset();
        }
    }

    private final class CountedSignature extends SignatureSpi {
        private final Signature signature;

        CountedSignature(Signature signature) {
            this.signature = signature;
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            signature.initVerify(key);
        }

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            signature.initSign(key);
        }

        @Override
        protected void engineUpdate(byte b) throws SignatureException {
            signature.update(b);
        }

        @Override
        protected void engineUpdate(byte[] b, int offset, int length) throws SignatureException {
            signature.update(b, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            return signature.sign();
        }

        @Override
        protected boolean engineVerify(byte[] bytes) throws SignatureException {
            work.add(signature.getAlgorithm());
            return signature.verify(bytes);
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String parameter, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String parameter) {
            throw new UnsupportedOperationException();
        }
    }
}
