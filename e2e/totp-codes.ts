import { Secret, TOTP } from 'otpauth'

/** A code is accepted once: after one was used, the next step's code is needed, which is accepted early. */
export const codeOf = (secret: string, stepsOn = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + stepsOn * 30_000 })
