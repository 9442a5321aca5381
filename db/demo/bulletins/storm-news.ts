import { callCentre, h, list, p, type Scene, type Tale } from './telling.ts'

/** The work of the city: figures of the day. */
export function dayReport(scene: Scene): Tale {
  const trees = scene.random.int(20, 240) * 10
  const people = scene.random.int(12, 90) * 100
  const subject = scene.pick(
    'ứng phó bão số 3',
    'khắc phục hậu quả bão số 3',
    'bảo đảm giao thông, điện, nước',
    'hộ đê và sơ tán dân vùng ngập',
  )
  return {
    kind: 'news',
    severity: 'info',
    title: `Tình hình ${subject} đến ${scene.when()}`,
    summary: `Đến ${scene.when()}, thành phố đã xử lý ${trees.toLocaleString('vi-VN')} cây gãy đổ, hỗ trợ ${people.toLocaleString('vi-VN')} người.`,
    blocks: [
      p(`Báo cáo nhanh đến ${scene.when()} về ${subject}:`),
      list(
        `Cây xanh: ${trees.toLocaleString('vi-VN')} cây gãy đổ đã được cắt, dọn.`,
        `Sơ tán, hỗ trợ: ${people.toLocaleString('vi-VN')} người tại vùng nguy hiểm.`,
        `Lực lượng tham gia: ${(scene.random.int(15, 60) * 100).toLocaleString('vi-VN')} cán bộ, chiến sĩ, công nhân và dân quân.`,
      ),
      h('Việc tiếp theo'),
      p(
        scene.pick(
          'Ưu tiên các tuyến đường vào bệnh viện, trường học và điểm tránh trú.',
          'Tiếp tục khôi phục điện, nước; vệ sinh môi trường tại các khu dân cư.',
          'Trực ngày đêm tại các trọng điểm đê điều và hồ chứa.',
        ),
      ),
    ],
    source: 'Văn phòng UBND Thành phố',
    communes: [],
  }
}

export function localNews(scene: Scene): Tale {
  const place = scene.place()
  const what = scene.pick(
    {
      title: 'dân quân và sinh viên dọn cây đổ, thông ngõ',
      body: 'Từ sáng sớm, hàng trăm đoàn viên, dân quân cùng người dân cưa cành, thu gom, trả lại lối đi.',
    },
    {
      title: 'bếp ăn nghĩa tình phát cơm cho hộ bị ngập',
      body: 'Bếp ăn do Hội Phụ nữ tổ chức nấu hơn 500 suất mỗi bữa, chuyển bằng thuyền đến từng nhà.',
    },
    {
      title: 'thu gom rác, khử khuẩn sau mưa bão',
      body: 'Công nhân môi trường tăng ca, thu hết rác cành lá trong đêm và phun khử khuẩn các ngõ ngập.',
    },
    {
      title: 'tiếp nhận hàng cứu trợ cho vùng ngập',
      body: 'Điểm tiếp nhận nhận nước uống, đồ hộp, áo phao, đèn pin; chưa nhận quần áo cũ.',
    },
  )
  return {
    kind: 'news',
    severity: 'info',
    title: `${place.commune.shortName}: ${what.title}`,
    summary: `Tại ${place.road}, ${scene.ward(place)}, ${what.title} trong ${scene.day()}.`,
    blocks: [
      p(what.body),
      p(`Địa điểm: ${place.landmark}, ${place.road}. Người dân muốn góp sức liên hệ ${place.quarter} hoặc gọi |1022|.`),
    ],
    source: `UBND ${scene.ward(place)}`,
    communes: [place.commune],
  }
}

export function cityOrder(scene: Scene): Tale {
  const order = scene.pick(
    {
      title: `Học sinh toàn thành phố nghỉ học ${scene.day(1)}`,
      body: 'Các trường thông báo đến phụ huynh, tổ chức học bù hoặc học trực tuyến khi đủ điều kiện. Nhà trường cử người trực, kê cao thiết bị.',
      audience: 'parents' as const,
    },
    {
      title: `Tạm dừng hoạt động ngoài trời, chợ tạm, bến đò từ ${scene.hour(2)}`,
      body: 'Các phường, xã kiểm tra, không để phương tiện thủy hoạt động; chợ họp ngoài trời tạm dừng cho đến khi có thông báo mới.',
      audience: 'businesses' as const,
    },
    {
      title: `Cơ quan, doanh nghiệp bố trí làm việc tại nhà ${scene.day(1)}`,
      body: 'Trừ bộ phận trực phòng, chống thiên tai, y tế, điện, nước, giao thông và an ninh; bộ phận một cửa nhận hồ sơ trực tuyến.',
      audience: 'businesses' as const,
    },
    {
      title: `Miễn phí đỗ xe tại các bãi đỗ xe cao tầng cho xe của vùng ngập từ ${scene.hour(1)}`,
      body: 'Chủ xe xuất trình căn cước có địa chỉ vùng ngập; thời gian đến hết 48 giờ sau khi nước rút.',
      audience: 'drivers' as const,
    },
    {
      title: `Hỗ trợ hộ bị thiệt hại: nộp đề nghị tại phường, xã từ ${scene.day(1)}`,
      body: 'Đề nghị nêu loại thiệt hại, kèm ảnh chụp; cán bộ xác minh tại chỗ trong hai ngày làm việc.',
      audience: 'everyone' as const,
    },
  )
  return {
    kind: 'policy',
    severity: 'advisory',
    title: order.title,
    summary: `Thành phố thông báo lúc ${scene.when()}: ${order.title.charAt(0).toLowerCase()}${order.title.slice(1)}.`,
    blocks: [p(order.body), p(callCentre)],
    audience: [order.audience],
    source: 'Văn phòng UBND Thành phố',
    communes: [],
  }
}
