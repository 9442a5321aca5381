import type { Language } from './place-words.ts'

const foretells: Readonly<Record<Language, RegExp>> = {
  vi: /dự báo|khả năng|giờ tới/i,
  en: /forecast|expected|likely/i,
}

/** "bản tin lúc 20 giờ 00 … của Trung tâm …": a named service, and the hour of its forecast. */
const sourced: Readonly<Record<Language, RegExp>> = {
  vi: /(?:[Bb]ản tin|[Dd]ự báo)[^.;]*lúc \d{1,2}(?: giờ|:\d{2})[^.;]*? của \p{Lu}/u,
  en: /(?:bulletin|forecast)[^.;]*at \d{1,2}:\d{2}[^.;]*? by (?:the )?\p{Lu}/u,
}

/** Whether a text makes a forecast without naming its service and hour. */
export const isUnsourcedForecast = (text: string, language: Language): boolean =>
  foretells[language].test(text) && !sourced[language].test(text)
