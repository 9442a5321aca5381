import type * as schema from '#db/schema/index.ts'

type Template = typeof schema.answerTemplates.$inferInsert

type More = Pick<Template, 'categoryCode' | 'reason' | 'outcome'>

const template = (use: Template['use'], name: string, body: string, position: number, more: More = {}): Template => ({
  use,
  name,
  body,
  position,
  ...more,
})

/** The initial templates of the demo city; a real city manages its own under Administration. */
export const answerTemplates: Template[] = [
  template(
    'answer',
    'Đã xử lý xong tại hiện trường',
    '{{agency}} đã cử tổ công tác đến {{address}} kiểm tra và xử lý xong nội dung phản ánh “{{title}}”. Hiện trường đã được dọn dẹp, bảo đảm an toàn.',
    10,
    { outcome: 'fixed' },
  ),
  template(
    'answer',
    'Đã xử lý bước đầu, còn theo dõi',
    '{{agency}} đã kiểm tra tại {{address}} và xử lý bước đầu. Đơn vị tiếp tục theo dõi và sẽ hoàn thành trước {{due}}.',
    20,
    { outcome: 'temporary' },
  ),
  template(
    'answer',
    'Cắt tỉa, thu dọn cây',
    '{{agency}} đã cắt dọn cây, cành gãy tại {{address}}, thông đường và thu gom cành lá về nơi tập kết.',
    30,
    { categoryCode: 'CX-01', outcome: 'fixed' },
  ),
  template(
    'answer',
    'Vá, sửa mặt đường',
    '{{agency}} đã rào chắn, vá lại mặt đường tại {{address}} và thu dọn vật liệu thừa sau khi thi công.',
    40,
    { categoryCode: 'GT-01', outcome: 'fixed' },
  ),
  template(
    'answer',
    'Thu gom rác',
    '{{agency}} đã yêu cầu đơn vị vệ sinh thu gom toàn bộ rác tồn đọng tại {{address}} và bổ sung chuyến thu gom trong ngày.',
    50,
    { categoryCode: 'MT-01', outcome: 'fixed' },
  ),
  template(
    'answer',
    'Bơm thoát nước, thông cống',
    '{{agency}} đã vận hành bơm, vớt rác cửa thu và thông cống tại {{address}}; nước đã rút, giao thông đi lại bình thường.',
    60,
    { categoryCode: 'TN-01', outcome: 'fixed' },
  ),
  template(
    'answer',
    'Sửa đèn chiếu sáng',
    '{{agency}} đã thay bóng và kiểm tra tủ điều khiển tại {{address}}; tuyến đèn hoạt động bình thường trở lại.',
    70,
    { categoryCode: 'CS-01', outcome: 'fixed' },
  ),
  template(
    'answer',
    'Xử lý vi phạm vỉa hè',
    '{{agency}} đã kiểm tra, lập biên bản và yêu cầu trả lại lối đi tại {{address}}; lực lượng trật tự duy trì kiểm tra vào giờ cao điểm.',
    80,
    { categoryCode: 'DT-01', outcome: 'fixed' },
  ),
  template(
    'reject',
    'Không thuộc phạm vi tiếp nhận',
    'Nội dung phản ánh {{code}} không thuộc phạm vi tiếp nhận của hệ thống. Kính đề nghị ông/bà liên hệ cơ quan có thẩm quyền theo hướng dẫn trên Cổng dịch vụ công.',
    10,
    { reason: 'out_of_scope' },
  ),
  template(
    'reject',
    'Khiếu nại, tố cáo',
    'Nội dung phản ánh {{code}} là khiếu nại, tố cáo, được giải quyết theo Luật Khiếu nại và Luật Tố cáo. Kính đề nghị ông/bà gửi đơn đến Ban Tiếp công dân thành phố hoặc cơ quan có thẩm quyền.',
    20,
    { reason: 'complaint_or_denunciation' },
  ),
  template(
    'reject',
    'Thiếu thông tin',
    'Phản ánh {{code}} chưa có địa điểm và thông tin cụ thể nên chưa thể chuyển đơn vị xử lý. Kính đề nghị ông/bà gửi lại kèm địa chỉ và hình ảnh.',
    30,
    { reason: 'insufficient' },
  ),
  template(
    'reject',
    'Thuộc phạm vi bí mật nhà nước',
    'Nội dung phản ánh {{code}} thuộc phạm vi bí mật nhà nước nên không tiếp nhận qua hệ thống này. Kính đề nghị ông/bà liên hệ trực tiếp cơ quan có thẩm quyền.',
    40,
    { reason: 'state_secret' },
  ),
  template(
    'reject',
    'Ảnh không do người phản ánh chụp',
    'Hình ảnh của phản ánh {{code}} không do ông/bà chụp tại hiện trường nên chưa thể tiếp nhận. Kính đề nghị ông/bà gửi lại kèm ảnh do mình chụp.',
    50,
    { reason: 'not_own_picture' },
  ),
  template(
    'ask_citizen',
    'Hỏi vị trí chính xác',
    'Để chuyển đúng đơn vị xử lý phản ánh {{code}}, kính đề nghị ông/bà cho biết số nhà hoặc điểm mốc gần nhất và thời điểm xảy ra.',
    10,
  ),
  template(
    'ask_citizen',
    'Xin thêm hình ảnh',
    'Kính đề nghị ông/bà gửi thêm một đến hai hình ảnh hiện trường của phản ánh {{code}} để đơn vị chuẩn bị phương tiện phù hợp.',
    20,
  ),
]
