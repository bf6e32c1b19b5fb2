/** A private key with the user certificate that belongs to it, such as `id_ed25519` with `id_ed25519-cert.pub`. */
import { Secret } from "../core/secret";

/** What stands behind the name of a private key's file in the name of its certificate's. */
export const CERTIFICATE_ENDING = "-cert.pub";

/** See the header. */
export class CertifiedKey extends Secret {
  /**
   * @param key - the private key
   * @param certificate - one OpenSSH line; what is none is told when a login is refused
   */
  constructor(
    key: string,
    readonly certificate: string,
  ) {
    super(key);
  }
}
