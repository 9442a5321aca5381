import { Secret, TOTP } from 'otpauth'

/** A code is taken once: whoever has just used one brings that of the next step, which is taken early. */
export const codeOf = (secret: string, stepsOn = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + stepsOn * 30_000 })
