/** The accounts that the sign-in page offers in the demo, and only there. */
export const demoUsernames = [
  'dieuphoi',
  'canbo.hoankiem',
  'lanhdao.hoankiem',
  'canbo.cayxanh',
  'lanhdao.tp',
  'bientap',
  'tongbientap',
  'quantri',
  'kiemtra',
] as const
/** It stands beside them: after the password it asks for a code. */
export const demoFactorUsername = 'hailop'
export type DemoUsername = (typeof demoUsernames)[number]

/**
 * The secret of the demo account that shows the second factor. Its row holds no sealed text, for the secret is told to
 * everybody.
 */
export const demoTotpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
export const sealedInDemo = 'demo'
