// Prints how much personal data the rules of publication copies find in labelled texts, by half and kind.
import { personalDataKinds } from '#server/publication/rules/finding.ts'
import { halves, labelledTexts, type Measure, measure } from '#server/publication/testing/labelled.ts'

const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`)
const line = (name: string, { labelled, hidden, found, right }: Measure) =>
  `${name.padEnd(10)} recall ${percent(hidden, labelled).padStart(7)} (${hidden}/${labelled})  precision ${percent(right, found).padStart(7)} (${right}/${found})`

for (const half of halves) {
  const { all, kinds, misses } = measure(labelledTexts(half))
  process.stdout.write(`${half}\n${line('all', all)}\n`)
  for (const kind of personalDataKinds) process.stdout.write(`${line(kind, kinds[kind])}\n`)
  // Only of the half on which the rules are written: who reads the misses of the other writes the rules on both.
  if (half === 'written') {
    for (const { text, missed, wrong } of misses) {
      process.stdout.write(`  ${text}\n    missed ${missed.join(' · ')}\n    wrong  ${wrong.join(' · ')}\n`)
    }
  }
}
