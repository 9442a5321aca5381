import { describe, expect, test } from 'vitest'
import { type FeedAddress, type FeedPart, feedFormats, feedPage, feedPath, readFeedAddress } from './feed-address.ts'

const read = (path: string) => readFeedAddress(new URL(path, 'http://desk'))
const incident = '0198f3a0-0000-7000-8000-000000000001'
const whole: FeedAddress = { area: null, incident: null, kind: null, language: 'vi' }

describe('the address of a feed', () => {
  test.each<[string, FeedPart, Partial<FeedAddress>]>([
    ['/feeds/bulletins.atom', { is: 'subscription' }, {}],
    ['/feeds/bulletins.atom?lang=en', { is: 'subscription' }, { language: 'en' }],
    ['/feeds/bulletins.atom?area=00004', { is: 'subscription' }, { area: '00004' }],
    [`/feeds/bulletins.atom?incident=${incident}&kind=power`, { is: 'subscription' }, { incident, kind: 'power' }],
    ['/feeds/bulletins/3-0.atom', { is: 'archive', page: 3, edition: 0 }, {}],
    [
      '/feeds/bulletins/12-7.atom?area=00004&lang=en',
      { is: 'archive', page: 12, edition: 7 },
      { area: '00004', language: 'en' },
    ],
    ['/feeds/bulletins/after-3.atom', { is: 'after', page: 3 }, {}],
  ])('%s is read, and written the same again', (path, part, parts) => {
    const address = { ...whole, ...parts }
    for (const format of feedFormats) {
      const own = path.replace('.atom', `.${format}`)
      expect(read(own)).toEqual({ format, part, address })
      expect(feedPath(format, address, part)).toBe(own)
    }
  })

  test.each([
    ['/feeds/bulletins.atom?lang=en&kind=power&area=00004', '/feeds/bulletins.atom?area=00004&kind=power&lang=en'],
    ['/feeds/bulletins.atom?utm_source=x&lang=vi', '/feeds/bulletins.atom'],
    [`/feeds/bulletins.rss?incident=${incident.toUpperCase()}`, `/feeds/bulletins.rss?incident=${incident}`],
  ])('%s is the same as %s', (path, same) => {
    const found = read(path)
    expect(found && feedPath(found.format, found.address, found.part)).toBe(same)
  })

  test.each([
    '/feeds/bulletins.xls',
    '/feeds/bulletins',
    '/feeds/bulletins.atom/',
    '/feeds/bulletins.atom?kind=gossip',
    '/feeds/bulletins.atom?lang=fr',
    '/feeds/bulletins.atom?incident=12',
    `/feeds/bulletins.atom?area=${'0'.repeat(13)}`,
    '/feeds/bulletins.atom?area=',
    "/feeds/bulletins.atom?area=0'--",
    '/feeds/bulletins/0-0.atom',
    '/feeds/bulletins/01-0.atom',
    '/feeds/bulletins/1-00.atom',
    '/feeds/bulletins/1.atom',
    '/feeds/bulletins/after-1-0.atom',
    '/feeds/bulletins/-1-0.atom',
    '/feeds/bulletins/9999999-0.atom',
  ])('%s is none', (path) => {
    expect(read(path)).toBeNull()
  })

  test('the page beside it lists the same', () => {
    expect(feedPage(whole)).toBe('/ban-tin')
    expect(feedPage({ ...whole, area: '00004', language: 'en' })).toBe('/en/ban-tin?area=00004')
  })
})
