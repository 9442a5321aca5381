import en from '#messages/en/insights.json' with { type: 'json' }
import vi from '#messages/vi/insights.json' with { type: 'json' }
import { definitions, type KpiDefinition, kpiIds } from '#server/insights/rules/definitions.ts'
import pageWords from './numbers-words.json' with { type: 'json' }

export const numbersPage = 'docs/numbers.md'

type Words = typeof en

/** The meaning of the figures, in both languages, printed from the definitions and the ⓘ texts of the cards. */
export function renderNumbers(): string {
  return `${renderIn(en, 'en')}
---

${renderIn(vi as Words, 'vi')}
Printed by \`node scripts/write-numbers.ts\` from \`server/insights/rules/definitions.ts\` and \`messages/{en,vi}/insights.json\`; a test
fails when they differ.
`
}

function renderIn(words: Words, locale: 'en' | 'vi'): string {
  const numbers = { ...words.numbers, ...pageWords[locale] }
  const heading = locale === 'en' ? '#' : '##'
  const sections = kpiIds.map((id) => {
    const { name, formula, leftOut } = words.kpis[id]
    return `${heading}# ${name}

${formula}

- ${numbers.leftOut}: ${leftOut}
${factsOf(definitions[id], words, locale)}
`
  })
  return `${heading} ${numbers.title}

${numbers.sentence}

${sections.join('\n')}
${heading}# ${numbers.chance.title}

${numbers.chance.text.join('\n\n')}

${heading}# ${numbers.jumps.title}

${numbers.jumps.text.join('\n\n')}

${heading}# ${numbers.usual.title}

${numbers.usual.text.join('\n\n')}

${heading}# ${numbers.mix.title}

${numbers.mix.text.join('\n\n')}

${heading}# ${numbers.whatIf.title}

${numbers.whatIf.text.join('\n\n')}

${heading}# ${numbers.whatIfHeld.title}

${numbers.whatIfHeld.text.join('\n\n')}

${numbers.rounding}
`
}

function factsOf(
  { unit, good, numerator, denominator, test, target }: KpiDefinition,
  words: Words,
  locale: 'en' | 'vi',
): string {
  const { measures } = words
  const numbers = pageWords[locale]
  const opens = denominator ? `${measures[numerator]} ÷ ${measures[denominator]}` : measures[numerator]
  const aim =
    target === null
      ? []
      : [`- ${numbers.target}: ${new Intl.NumberFormat(locale, { style: 'percent' }).format(target)}`]
  return [
    `- ${numbers.unit}: ${numbers.units[unit]}`,
    `- ${numbers.good}: ${numbers.directions[good]}`,
    ...aim,
    `- ${numbers.counted}: ${opens}`,
    `- ${numbers.compared}: ${words.tests[test ?? 'none']}`,
  ].join('\n')
}
