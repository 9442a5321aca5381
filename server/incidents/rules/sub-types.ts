/** What an incident causes, apart from its kind: the terms by which its reports are counted and matched. */
export const subTypes = [
  'fallen_tree',
  'flooding',
  'power',
  'water',
  'roof',
  'landslide',
  'rescue',
  'relief',
  'traffic',
  'telecom',
  'sanitation',
  'health',
  'fire',
] as const
export type SubType = (typeof subTypes)[number]

/** Which categories belong to which sub-type [ours]. One that is not listed belongs to none: "other" in the figures. */
export const categoriesOf: Readonly<Record<SubType, readonly string[]>> = {
  fallen_tree: ['CX-01', 'CX-02', 'CX-05'],
  flooding: ['TN-01', 'TN-02', 'TN-03'],
  power: ['DN-01', 'DN-02', 'CS-02'],
  water: ['DN-03', 'DN-04'],
  roof: ['XD-02', 'XD-04', 'TL-04'],
  landslide: ['TL-01'],
  rescue: ['TL-02'],
  relief: ['TL-03'],
  traffic: ['GT-02', 'GT-03', 'GT-06'],
  telecom: ['VT-01', 'VT-02'],
  sanitation: ['MT-01', 'MT-06'],
  health: ['YT-01', 'YT-03'],
  fire: ['AN-03'],
}

const byCategory = new Map(subTypes.flatMap((subType) => categoriesOf[subType].map((code) => [code, subType] as const)))

export const subTypeOf = (categoryCode: string): SubType | null => byCategory.get(categoryCode) ?? null
