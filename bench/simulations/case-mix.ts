import { type Kind, tryCities } from './case-mix-cities.ts'
import { demoMix } from './demo-mix.ts'

/** Tries the comparison of agencies on cities drawn from the work of the demo city. With a text, only kinds with it. */
const cities = Number(process.argv[2] ?? 1_000)
const wanted = process.argv[3] ?? ''
const lengths = { month: 30, quarter: 91, 'half-year': 182, year: 365 }
const kinds: Record<string, Omit<Kind, 'days'>> = {
  'no difference': {},
  'usual difference (10 %)': { spread: 0.1 },
  'difference of 15 %': { spread: 0.15 },
  'difference of 30 %': { spread: 0.3 },
  'one planted': { planted: 1 },
  'two planted': { planted: 2 },
  'six compared, no difference': { only: 6 },
  'six compared, one planted': { only: 6, planted: 1 },
}

const mix = await demoMix()
const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`)
console.log('| Cities | Length | Compared | No one named | Planted named | Another named |')
console.log('|---|---|---|---|---|---|')
for (const [name, kind] of Object.entries(kinds).filter(([each]) => each.includes(wanted)))
  for (const [length, days] of Object.entries(lengths)) {
    const { silent, planted, found, wrong, compared } = tryCities(mix, { ...kind, days }, cities)
    const shares = [percent(silent, cities), percent(found, planted), percent(wrong, cities)]
    console.log(`| ${[name, length, compared.toFixed(1), ...shares].join(' | ')} |`)
  }
