import { describe, expect, test } from 'vitest'
import { labelOf } from './label.ts'
import { placeInAddress, placeOfFile } from './named-place.ts'

const said = (place: ReturnType<typeof placeInAddress>) => place && `${place.kind}: ${labelOf(place)}`

describe('of the address of a report, nothing is kept but the place', () => {
  test.for([
    ['đối diện 95 Đê La Thành', 'house: 95 Đê La Thành'],
    ['95 Đê La Thành, cạnh nhà ông Hùng 0912345678', 'house: 95 Đê La Thành'],
    ['95 de la thanh canh quan nuoc', 'house: 95 De la thanh'],
    ['95 de la thanh canh quan ong hung', 'house: 95 De la thanh'],
    ['số 3 ngách 12/5 phố Đội Cấn, P. Ngọc Hà', 'house: 3 Ngách 12/5 Phố Đội Cấn'],
    ['95, phố Xã Đàn 2', 'house: 95 Phố Xã Đàn 2'],
    ['12A Bà Triệu', 'house: 12A Bà Triệu'],
    ['ngõ 135 phố Đội Cấn', 'lane: Ngõ 135 Phố Đội Cấn'],
    ['phố Nguyễn Trãi', 'street: Phố Nguyễn Trãi'],
    ['SỐ 5 NGÕ 3 HAI BÀ TRƯNG', 'house: 5 Ngõ 3 HAI BÀ TRƯNG'],
    ['12 Đào Duy Anh', 'house: 12 Đào Duy Anh'],
    ['12 phố Bà Hoa', 'house: 12 Phố Bà Hoa'],
    ['gần chợ Bưởi', 'landmark: Chợ Bưởi'],
    ['xóm 3 thôn Đoài', 'landmark: Xóm 3 thôn Đoài'],
    ['phố Cửa Nam', 'street: Phố Cửa Nam'],
    ['trước cửa 12 Cửa Bắc', 'house: 12 Cửa Bắc'],
    ['ngõ 15 phố Phó Đức Chính', 'lane: Ngõ 15 Phố Phó Đức Chính'],
    ['12 đường Dương Văn Bé', 'house: 12 Đường Dương Văn Bé'],
    ['ngõ 5 Ngô Sĩ Liên', 'lane: Ngõ 5 Ngô Sĩ Liên'],
    ['đường Kim Liên mới', 'street: Đường Kim Liên mới'],
    ['12 Điện Biên Phủ', 'house: 12 Điện Biên Phủ'],
    ['đường Vân Canh', 'street: Đường Vân Canh'],
    ['đường Canh Nậu', 'street: Đường Canh Nậu'],
    ['12 quốc lộ 5 kéo dài', 'house: 12 Quốc lộ 5 kéo dài'],
    ['đại lộ Thăng Long', 'street: Đại lộ Thăng Long'],
  ])('%s', ([address, place]) => {
    expect(said(placeInAddress(address as string))).toBe(place)
  })

  test.for([
    'Nguyễn Văn Hùng',
    'Nhà bà Hoa, 95 Đê La Thành',
    '95 DE LA THANH CANH QUAN ONG HUNG',
    '95 Nguyen Canh Di',
    '12 bà Hoa',
    '12 Bà Hoa',
    'SỐ 12 ÔNG NGUYỄN VĂN HÙNG',
    '12 Nhà Ông Hùng',
    'ĐƯỜNG VÀO NHÀ BÀ HOA',
    'P. 1205 Nguyễn Thị Hoa',
    'P. Bà Hoa',
    `phố Ha${'\u0330'.repeat(250)}ng`,
    'nhà anh Tuấn ngõ 5',
    'Nguyễn Thị Hoa, ngõ 12, Đội Cấn',
    'Liên hệ Lan 0912345678',
    '12 Liên lạc Lan',
    'DUONG LA THANH CANH QUAN ONG HUNG',
    '0912345678 Láng Hạ',
    'SĐT 0912345678',
    'tổ dân phố số 7',
    'Gia đình tôi ở 95 Đê La Thành',
    'Tôi là Nguyễn Thị Hoa ở ngõ 12 Đội Cấn',
    '',
    '...',
  ])('an address that begins otherwise teaches nothing: %s', (address) => {
    expect(placeInAddress(address)).toBeNull()
  })
})

describe('the name in a file', () => {
  test.for([
    ['Ngõ 285 Đội Cấn', 'street', 'lane: Ngõ 285 Đội Cấn'],
    ['Ngách 83 Ngõ 162 Đông Thiên', 'street', 'lane: Ngách 162/83 Đông Thiên'],
    ['Ngõ Gạch', 'street', 'street: Ngõ Gạch'],
    ['Phố 8 Tháng 3', 'street', 'street: Phố 8 Tháng 3'],
    ['Quốc lộ 1', 'street', 'street: Quốc lộ 1'],
    ['10 Ngõ 31 Phan Văn Trường', 'landmark', 'house: 10 Ngõ 31 Phan Văn Trường'],
    ['Đối diện số 277 Nguyễn Trãi', 'landmark', 'house: 277 Nguyễn Trãi'],
    ['277 Nguyễn Trãi - Ngã tư Sở', 'landmark', 'landmark: 277 Nguyễn Trãi - Ngã tư Sở'],
    ['Bệnh viện Bạch Mai (cơ sở 2)', 'landmark', 'landmark: Bệnh viện Bạch Mai'],
  ] as const)('%s', ([name, kind, place]) => {
    expect(said(placeOfFile(name, kind))).toBe(place)
  })
})
