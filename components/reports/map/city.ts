/** Hoàn Kiếm lake: the initial centre of a map without a point. */
export const cityCentre = { lon: 105.8525, lat: 21.0287 }

/** West, south, east and north of the whole city. */
export const cityExtent = [105.285, 20.565, 106.02, 21.382] as const
