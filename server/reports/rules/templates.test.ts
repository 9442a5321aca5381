import { describe, expect, test } from 'vitest'
import { asTemplate, hasGaps, renderTemplate, unknownVariables, usualOutcome } from './templates.ts'

const values = {
  code: 'HN-240907-0113',
  title: 'Cây đổ chắn ngang đường',
  agency: 'UBND phường Hoàn Kiếm',
  address: '12 Hàng Bạc',
  due: '09/09/2024 17:00',
}

describe('a template', () => {
  test('states an outcome only if it is for an answer', () => {
    expect([usualOutcome('answer', 'planned'), usualOutcome('reject', 'planned')]).toEqual(['planned', null])
  })

  test('has its variables filled in, however they are spaced', () => {
    expect(renderTemplate('Phản ánh {{code}} – {{ title }}, hạn {{due}}.', values)).toBe(
      'Phản ánh HN-240907-0113 – Cây đổ chắn ngang đường, hạn 09/09/2024 17:00.',
    )
  })

  test('keeps a gap visible where a value is missing', () => {
    const text = renderTemplate('Tại {{address}}: {{agency}}', { ...values, address: null, agency: '' })
    expect(text).toBe('Tại {{address}}: {{agency}}')
    expect(hasGaps(text)).toBe(true)
  })

  test('does not evaluate variables inside a value', () => {
    expect(renderTemplate('{{title}}', { ...values, title: '{{code}} $& $1' })).toBe('{{code}} $& $1')
  })

  test('leaves other braces alone', () => {
    expect(renderTemplate('{code} {{ma}} {{ }} }}{{', values)).toBe('{code} {{ma}} {{ }} }}{{')
  })

  test('reports unknown variables, once each', () => {
    expect(unknownVariables('{{mã}} {{code}} {{ten}} {{mã}}')).toEqual(['mã', 'ten'])
    expect(unknownVariables('{{code}} {{title}} {{agency}} {{address}} {{due}}')).toEqual([])
  })
})

test('an answer to one report is reused for another with that one’s particulars', () => {
  const of = { code: 'HN-260302-0001', title: 'Cây đổ', agency: 'UBND phường Đống Đa', address: '20 Hàng Bài' }
  const said = 'UBND phường Đống Đa đã dọn cây tại 20 Hàng Bài (“Cây đổ”, HN-260302-0001). Cây đổ do gió.'
  const template = asTemplate(said, of)
  expect(template).toBe('{{agency}} đã dọn cây tại {{address}} (“{{title}}”, {{code}}). Cây đổ do gió.')
  const other = { code: 'HN-260309-0002', title: 'Cây gãy', agency: 'CVCX', address: null, due: null }
  expect(renderTemplate(template, other)).toBe(
    'CVCX đã dọn cây tại {{address}} (“Cây gãy”, HN-260309-0002). Cây đổ do gió.',
  )
  expect(asTemplate('Ngõ 5: đã dọn.', { ...of, address: 'Ngõ' })).toBe('Ngõ 5: đã dọn.')
})
