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
export type DemoUsername = (typeof demoUsernames)[number]
