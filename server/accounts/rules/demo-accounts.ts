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
/** Shown beside them: its sign-in asks for a code after the password. */
export const demoFactorUsername = 'hailop'
export type DemoUsername = (typeof demoUsernames)[number]

/**
 * The secret of the demo account that demonstrates the second factor. Its row holds no encrypted text, because the
 * secret is public.
 */
export const demoTotpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
export const sealedInDemo = 'demo'
