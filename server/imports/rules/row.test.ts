import { describe, expect, test } from 'vitest'
import { columnsOf, mappingSchema } from './mapping.ts'
import { rowReader } from './row.ts'

const fields = { title: 'tieu_de', body: 'noi_dung' }
const base = { source: 'hop-thu', key: ['ma'], fields }

function read(row: Record<string, unknown>, over: Record<string, unknown> = {}, times = {}) {
  const mapping = mappingSchema.parse({ ...base, times, fields: { ...fields, ...over } })
  return rowReader(mapping)({ ma: 'A1', tieu_de: 'Cây đổ', noi_dung: 'Trước số 20', ...row })
}

const faultsOf = (row: Record<string, unknown>, over: Record<string, unknown> = {}) => read(row, over).faults

describe('a mapping is refused', () => {
  test.each([
    ['without a key', { key: [] }],
    ['without a title', { fields: { body: 'noi_dung' } }],
    ['with a word it does not know', { zone: 'Asia/Ho_Chi_Minh' }],
    ['with a field it does not know', { fields: { ...fields, colour: 'x' } }],
    ['with a source that is no name', { source: 'Hộp thư!' }],
    ['with a zone that is none', { times: { zone: 'Asia/Hanoi City' } }],
    ['with a format that is none', { times: { format: 'dd/MM' } }],
  ])('%s', (_, over) => {
    expect(mappingSchema.safeParse({ ...base, ...over }).success).toBe(false)
  })
})

test('a mapping knows its columns, each once', () => {
  const { data } = mappingSchema.safeParse({
    ...base,
    fields: {
      title: { text: '{loai} – {tieu_de}' },
      body: { column: ['noi_dung', 'tieu_de'] },
      channel: { constant: 'web' },
      tags: ['quan'],
      reporter: { phone: 'sdt' },
    },
  })
  expect(data && columnsOf(data)).toEqual(['ma', 'loai', 'tieu_de', 'noi_dung', 'quan', 'sdt'])
})

describe('a row becomes the input of intake', () => {
  test('with a minimal mapping', () => {
    expect(read({})).toEqual({
      faults: [],
      intake: {
        source: 'hop-thu',
        sourceKey: 'A1',
        channel: 'import',
        title: 'Cây đổ',
        body: 'Trước số 20',
        categoryCode: null,
        severity: null,
        address: '',
        point: null,
        receivedAt: null,
        occurredAt: null,
        incidentId: null,
        reporter: null,
        tags: [],
      },
    })
  })

  test('with columns, constants, texts of several columns, meanings, times, points and tags', () => {
    const row = { loai: 'Cây', khan: 'Gấp', kinh: '105,85', vi: '21.03', luc: '07/09/2024 14:05' }
    const { intake } = read(
      { ...row, quan: 'Ba Đình; Đống Đa;', sdt: '0951234567' },
      {
        title: { text: '{loai}: {tieu_de}' },
        body: { column: ['mo_ta', 'noi_dung'] },
        channel: { constant: 'hotline' },
        category: { column: 'loai', values: { Cây: 'CX-01' }, otherwise: 'KH-99' },
        severity: { column: 'khan', values: { Gấp: 'urgent', '': null } },
        lon: 'kinh',
        lat: 'vi',
        receivedAt: 'luc',
        tags: ['quan', { constant: 'hộp thư' }],
        reporter: { name: 'ten', phone: 'sdt' },
      },
      { format: 'dd/MM/yyyy HH:mm' },
    )
    expect(intake).toMatchObject({
      title: 'Cây: Cây đổ',
      body: 'Trước số 20',
      channel: 'hotline',
      categoryCode: 'CX-01',
      severity: 'urgent',
      point: { lon: 105.85, lat: 21.03 },
      receivedAt: new Date('2024-09-07T07:05:00Z'),
      tags: ['Ba Đình', 'Đống Đa', 'hộp thư'],
      reporter: { name: '', phone: '0951234567' },
    })
  })

  test('with the words of the other system mapped to ours', () => {
    const category = { column: 'loai', values: { Cây: 'CX-01', Khác: null }, otherwise: 'KH-99' }
    const categoryOf = (loai: string) => read({ loai }, { category }).intake?.categoryCode
    expect([categoryOf('Cây'), categoryOf('Khác'), categoryOf('Chim'), categoryOf('')]).toEqual([
      'CX-01',
      null,
      'KH-99',
      'KH-99',
    ])
  })

  test('from a nested row, with numbers and lists unchanged', () => {
    const over = {
      lon: 'place.lon',
      lat: 'place.lat',
      tags: ['style'],
      reporter: { name: 'who.name', phone: 'who.phone' },
    }
    const row = { place: { lon: 105.9, lat: 21 }, style: ['bão', 'gấp', 'bão'], who: { name: 'Lan', phone: null } }
    expect(read(row, over).intake).toMatchObject({
      point: { lon: 105.9, lat: 21 },
      tags: ['bão', 'gấp'],
      reporter: { name: 'Lan', phone: '', email: '', address: '' },
    })
  })

  test('composed: decomposed Vietnamese becomes NFC', () => {
    const { intake } = read({ tieu_de: 'Cây đổ'.normalize('NFD'), ma: 'khoá'.normalize('NFD') })
    expect([intake?.title, intake?.sourceKey]).toEqual(['Cây đổ', 'khoá'])
  })
})

describe('an invalid row returns all its faults', () => {
  test.each([
    ['no key', { ma: ' ' }, {}, [{ field: 'key', code: 'required', value: '' }]],
    ['no title', { tieu_de: '' }, {}, [{ field: 'title', code: 'required', value: '' }]],
    ['a title of 400 letters', { tieu_de: 'x'.repeat(400) }, {}, [{ field: 'title', code: 'too_long', value: '' }]],
    [
      'a time of no kind',
      { luc: 'hôm qua' },
      { receivedAt: 'luc' },
      [{ field: 'receivedAt', code: 'bad_time', value: 'hôm qua' }],
    ],
    [
      'half a point',
      { kinh: '105' },
      { lon: 'kinh', lat: 'vi' },
      [{ field: 'point', code: 'bad_number', value: '105 ' }],
    ],
    [
      'a point beyond the earth',
      { kinh: '1058', vi: '21' },
      { lon: 'kinh', lat: 'vi' },
      [{ field: 'point', code: 'bad_point', value: '1058' }],
    ],
    [
      'a word without a meaning',
      { muc: 'vừa' },
      { severity: { column: 'muc', values: { gấp: 'urgent' } } },
      [{ field: 'severity', code: 'unknown_value', value: 'vừa' }],
    ],
    [
      'a severity that is none',
      { muc: 'mega' },
      { severity: 'muc' },
      [{ field: 'severity', code: 'bad_value', value: 'mega' }],
    ],
    [
      'a channel that is none',
      {},
      { channel: { constant: 'fax' } },
      [{ field: 'channel', code: 'bad_value', value: 'fax' }],
    ],
    [
      'an address that is no e-mail',
      { thu: 'lan@' },
      { reporter: { email: 'thu' } },
      [{ field: 'reporter.email', code: 'bad_email', value: 'lan@' }],
    ],
    [
      'several things at once',
      { ma: '', tieu_de: '', luc: '?' },
      { receivedAt: 'luc' },
      [
        { field: 'key', code: 'required', value: '' },
        { field: 'receivedAt', code: 'bad_time', value: '?' },
        { field: 'title', code: 'required', value: '' },
      ],
    ],
  ])('%s', (_, row, over, faults) => {
    expect(faultsOf(row, over)).toEqual(faults)
  })
})
