import type { LonLat } from '#server/areas/rules/area-of-point.ts'

/**
 * What the gazetteer knows: streets with their lanes and house numbers, what people name places by, and the wards and
 * districts before 2025, by which people still name where a street is.
 */
export const placeKinds = ['street', 'lane', 'house', 'landmark', 'former_area'] as const
export type PlaceKind = (typeof placeKinds)[number]

/** A file that was taken in, or the addresses and points of reports. */
export const placeSources = ['file', 'learned'] as const
export type PlaceSource = (typeof placeSources)[number]

/**
 * How exactly a place is found: at a known house, between known ones, in a lane, where two streets meet, at a landmark,
 * or in the middle of a street.
 */
export const precisions = ['house', 'interpolated', 'lane', 'crossing', 'landmark', 'street'] as const
export type Precision = (typeof precisions)[number]

/** A place that an address may mean. */
export type FoundPlace = LonLat & {
  /** Names the same place in each answer; nothing else can be read from it. */
  id: string
  /** As one writes it: "95 Phố Đội Cấn", "Ngõ 12 Đê La Thành", without the commune. */
  label: string
  kind: Exclude<PlaceKind, 'former_area'>
  /** Null outside the city. */
  areaId: number | null
  areaName: string | null
  /** The street beside it, where another place of the same name lies in the commune. */
  beside?: string
  precision: Precision
  /** It is probably within this distance of the point. */
  metres: number
}

/** A line of a street: longitude and latitude of its points. A street with two carriageways has two. */
export type StreetLine = readonly (readonly [lon: number, lat: number])[]

/** What is at a point: its commune and the street beside it. */
export type PlaceAt = {
  area: { id: number; name: string } | null
  street: { label: string; metres: number } | null
}
