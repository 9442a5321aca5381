const systems: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** In this order: many browsers also name the browsers they are derived from. */
const browsers: readonly [RegExp, string][] = [
  [/coc_coc_browser/i, 'Cốc Cốc'],
  [/Edg(?:A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

/** What a user recognises a device by; null for what the browser does not say. */
export function deviceOf(userAgent: string | null): { browser: string | null; system: string | null } {
  const named = (known: readonly [RegExp, string][]) =>
    known.find(([pattern]) => userAgent && pattern.test(userAgent))?.[1] ?? null
  return { browser: named(browsers), system: named(systems) }
}
