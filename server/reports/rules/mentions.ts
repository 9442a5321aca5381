/** A colleague who is mentioned in a note, with the name as written there. */
export type Mention = { id: string; name: string }

export const mentionWords = (name: string): string => `@${name}`

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** All of these names after their sign, a longer one before one that it begins with. */
function patternOf(mentions: readonly Mention[]): RegExp {
  const names = [...new Set(mentions.map(({ name }) => name))].sort((a, b) => b.length - a.length)
  return new RegExp(`(@(?:${names.map(escaped).join('|')})(?![\\p{L}\\p{N}]))`, 'u')
}

/** The parts of a text, alternately plain words and a mention with its sign. */
export function partsByMention(text: string, mentions: readonly Mention[]): string[] {
  return mentions.length === 0 ? [text] : text.split(patternOf(mentions))
}

/**
 * Those of the chosen colleagues whose names are still in the text, each once. Where two have the same name, there are
 * as many as the name occurs: the ones chosen last.
 */
export function mentionsIn(text: string, chosen: readonly Mention[]): Mention[] {
  const written = partsByMention(text, chosen).filter((_, at) => at % 2 === 1)
  const byId = new Map(chosen.map((each) => [each.id, each]))
  return [...Map.groupBy(byId.values(), ({ name }) => name)].flatMap(([name, namesakes]) => {
    const count = written.filter((part) => part === mentionWords(name)).length
    return count === 0 ? [] : namesakes.slice(-count)
  })
}
