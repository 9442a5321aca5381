/** What opens over every page of the desk, fetched as one once the page has settled. */
export { Palette } from '#components/palette/Palette.tsx'
export { RecentSearches } from './RecentSearches.tsx'
