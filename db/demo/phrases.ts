import { compileTemplate, type Template } from './templates.ts'

const compile = (lines: string[]): Template[] => lines.map(compileTemplate)

export const greetings = compile([
  'Kính gửi [quý cơ quan|các cơ quan chức năng|UBND {ward}|ban điều hành], ',
  'Kính thưa các đồng chí, ',
  '[Xin chào,|Chào anh chị,|Dạ,] ',
  '',
])
export const thanks = compile([
  '[Tôi xin|Xin] [chân thành|trân trọng] cảm ơn.',
  'Trân trọng cảm ơn.',
  'Rất mong được [quan tâm giải quyết|phản hồi sớm].',
  'Xin cảm ơn [nhiều|ạ].',
  'Kính mong quý cơ quan xem xét.',
])
export const pleas = compile([
  'Mong sớm được xử lý.',
  'Đề nghị kiểm tra giúp.',
  'Nhờ các anh chị xem giúp [ạ|với].',
  'Mong có người xuống xem.',
  'Xin cảm ơn.',
  'Mong được trả lời.',
])
export const outcries = compile([
  'Bao giờ mới có người [xuống|xử lý]?',
  'Dân đóng thuế để được thế này à?',
  'Tôi phản ánh lần thứ {2-5} rồi [mà không ai trả lời|đấy].',
  'Gọi điện thì [chỗ này đùn chỗ kia|bảo đã ghi nhận], [{long}|cả tháng] vẫn y nguyên.',
  'Quá bức xúc!',
  'Có ai chịu trách nhiệm không?',
  'Làm ăn kiểu gì vậy?',
  'Đề nghị trả lời dứt khoát, đừng hứa suông.',
])
export const dangerOutcries = compile([
  'Không lẽ chờ có người chết mới làm?',
  'Để xảy ra tai nạn thì ai chịu?',
  'Rất nguy hiểm mà không ai đoái hoài!',
])
export const dangerous = new Set([
  'pothole',
  'subsidence',
  'barrier',
  'bridge',
  'fallen-tree',
  'leaning-tree',
  'manhole',
  'lamp-post',
  'wires',
  'cables',
  'construction',
  'cracked-wall',
  'billboard',
  'dyke',
  'traffic-light',
])

export const locations = compile([
  'Vị trí: {address}.',
  'Địa chỉ {address}.',
  'Chỗ {address}, {quarter}.',
  'Ngay gần {near}.',
  'Đoạn {address} ạ.',
  '[Ở|Tại] {quarter}, {ward}.',
  'Cụ thể là {spot}.',
  'Cách {near} khoảng {5-40}0 m.',
])
export const asides = compile([
  '{toi} có gửi kèm ảnh.',
  'Đã gọi 1022 nhưng chưa thấy ai xuống.',
  'Tình trạng này [kéo dài|diễn ra] {long}.',
  'Tổ dân phố cũng biết việc này.',
  'Cả khu ai cũng kêu.',
  'Hôm nào cũng vậy.',
  '{toi} đi qua đây hằng ngày.',
  'Nhà {toi} ở ngay đó.',
  '{moment} {toi} vừa đi qua vẫn thế.',
  'Đây là lần thứ {2-3} {toi} phản ánh.',
])
export const anywhere = compile([
  'Tình trạng này [kéo dài|diễn ra] {long}.',
  'Đây là lần thứ {2-3} {toi} phản ánh.',
  '{toi} đã hỏi mấy nơi rồi.',
  'Nhiều người cũng gặp như {toi}.',
])
export const contacts = compile([
  'Liên hệ {name} {phone}.',
  'SĐT của {toi}: {phone}.',
  'Cần thì gọi {phone} gặp {name}.',
  'Email {mail}.',
  'Số định danh của {toi} {identity}, điện thoại {phone}.',
])
export const teenEndings = [' ạ', ' ad ơi', ' :((', ' huhu', ' nha', ' với ạ', '', '']

export const placings = compile(['{spot}', 'ở {quarter}', '- {address}', '{ngo}', 'gần {near}'])
