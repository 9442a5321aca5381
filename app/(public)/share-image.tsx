import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ImageResponse } from 'next/og'
import { getTranslations } from 'next-intl/server'
import { colours } from '#components/ui/tokens.ts'
import type { Locale } from '#messages/locales.ts'
import { readBulletin } from '#server/bulletins/http/reading.ts'
import type { PageProps } from './public-pages.tsx'

const folder = join(process.cwd(), 'node_modules/@fontsource/be-vietnam-pro/files')
const alphabets = ['vietnamese', 'latin-ext', 'latin'] as const
const weights = [400, 700] as const

async function fonts() {
  const wanted = alphabets.flatMap((alphabet) => weights.map((weight) => ({ alphabet, weight })))
  return Promise.all(
    wanted.map(async ({ alphabet, weight }) => ({
      name: `${alphabet}`,
      data: await readFile(join(folder, `be-vietnam-pro-${alphabet}-${weight}-normal.woff`)),
      weight,
      style: 'normal' as const,
    })),
  )
}

const { paper, ink, accent, late, soon } = colours.light
const edges: Record<string, string> = { emergency: late, warning: soon }
const longest = 130

/** The picture that messengers show beside a link: the title, large, under the name of the city's bulletins. */
export function shareImage(locale: Locale) {
  return async ({ params }: PageProps) => {
    const page = await readBulletin((await params).slug)
    const t = await getTranslations({ locale, namespace: 'published' })
    const bulletin = page === 'gone' ? null : page
    const text = bulletin && ((locale === 'en' && bulletin.content.en) || bulletin.content.vi)
    const title = text?.title ?? t('title')
    const shown = title.length > longest ? `${title.slice(0, longest - 1).trimEnd()}…` : title
    const kind = bulletin ? t(`kinds.${bulletin.content.kind}`) : ''
    return new ImageResponse(
      <div
        style={{
          display: 'flex',
          flexDirection: 'column',
          justifyContent: 'space-between',
          width: '100%',
          height: '100%',
          padding: 72,
          borderLeft: `24px solid ${edges[bulletin?.content.severity ?? ''] ?? accent}`,
          background: paper,
          color: ink,
          fontFamily: alphabets.join(', '),
        }}
      >
        <div style={{ fontSize: 34, color: accent, fontWeight: 700 }}>
          {[t('title'), kind].filter(Boolean).join(' · ')}
        </div>
        <div style={{ fontSize: shown.length > 80 ? 58 : 70, fontWeight: 700, lineHeight: 1.25 }}>{shown}</div>
        <div style={{ fontSize: 30 }}>{t('author')}</div>
      </div>,
      { width: 1200, height: 630, fonts: await fonts() },
    )
  }
}
