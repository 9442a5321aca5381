/** The kind of a bulletin: decides its template, its mark and the alert that is proposed. */
export const bulletinKinds = [
  'warning',
  'road_closed',
  'shelter',
  'power',
  'water',
  'health',
  'all_clear',
  'news',
  'policy',
] as const
export type BulletinKind = (typeof bulletinKinds)[number]

export const bulletinSeverities = ['info', 'advisory', 'warning', 'emergency'] as const
export type BulletinSeverity = (typeof bulletinSeverities)[number]

export const audiences = ['everyone', 'drivers', 'parents', 'businesses', 'farmers', 'visitors', 'evacuees'] as const
export type Audience = (typeof audiences)[number]
