import { capitalised, h, list, p, type Scene, type Tale } from './telling.ts'

/** The bulletins of ordinary days. */
export const everydayTales: readonly ((scene: Scene) => Tale)[] = [
  (scene) => {
    const place = scene.place(false)
    const hours = scene.pick(6, 8)
    return {
      kind: 'power',
      severity: 'info',
      title: `Lịch tạm ngừng cấp điện ${scene.day(2)} tại ${place.road}, ${scene.ward(place)}`,
      summary: `Từ ${scene.when(44)}, một phần ${place.road} tạm ngừng cấp điện khoảng ${hours} giờ để bảo dưỡng trạm biến áp.`,
      blocks: [
        p(
          `Để bảo dưỡng lưới điện, ${place.road} và ${place.quarter} tạm ngừng cấp điện khoảng ${hours} giờ, bắt đầu ${scene.when(44)}.`,
        ),
        p('Nếu thời tiết xấu, lịch sẽ lùi sang tuần sau và có thông báo mới. Báo sự cố điện gọi |1900 1288|.'),
      ],
      source: 'Tổng công ty Điện lực TP Hà Nội',
      communes: [place.commune],
      holds: 60,
    }
  },
  (scene) => {
    const place = scene.place(false)
    const detour = scene.beside(place)
    return {
      kind: 'road_closed',
      severity: 'advisory',
      title: `Rào chắn ${place.road} để thi công cống từ ${scene.day(1)}`,
      summary: `Một phần ${place.road} (${scene.ward(place)}) được rào trong khoảng ba tuần; xe máy vẫn đi được, ô tô đi vòng.`,
      blocks: [
        p(
          `Từ ${scene.when(18)}, đoạn ${place.road} gần ${place.landmark} rào một phần lòng đường để thay cống thoát nước.`,
        ),
        list(
          `Ô tô đi vòng theo ${detour.road}.`,
          'Giờ cao điểm có người điều tiết.',
          'Thi công ban đêm không quá 22 giờ tại đoạn có nhà ở.',
        ),
      ],
      audience: ['drivers'],
      source: 'Sở Xây dựng',
      communes: [place.commune],
      holds: 500,
    }
  },
  (scene) => {
    const place = scene.place()
    return {
      kind: 'health',
      severity: 'info',
      title: `Tiêm chủng miễn phí cho trẻ tại trạm y tế ${scene.ward(place)} ${scene.day(3)}`,
      summary: 'Trẻ từ 6 tháng đến 5 tuổi được tiêm nhắc theo lịch; phụ huynh mang sổ tiêm và căn cước.',
      blocks: [
        p(`Trạm y tế gần ${place.landmark} tiêm từ 8 giờ đến 11 giờ 30 và từ 13 giờ 30 đến 16 giờ ${scene.day(3)}.`),
        p('Trẻ đang sốt, ho nặng hẹn lại đợt sau. Hỏi thêm gọi |1022|.'),
      ],
      audience: ['parents'],
      source: 'Sở Y tế',
      communes: [place.commune],
    }
  },
  (scene) => {
    const place = scene.place()
    return {
      kind: 'news',
      severity: 'info',
      title: `${scene.pick('Phố đi bộ', 'Chợ phiên', 'Ngày hội đọc sách', 'Giải chạy')} cuối tuần tại ${place.landmark}, ${scene.ward(place)}`,
      summary: `Sự kiện diễn ra ${scene.day(4)}; một số tuyến quanh ${place.road} cấm xe từ 16 giờ đến 23 giờ.`,
      blocks: [
        p(`Sự kiện tại ${place.landmark} mở cửa tự do. Điểm gửi xe: ${place.school} và đầu ${place.road}.`),
        p('Ban tổ chức đề nghị người dân đi xe buýt, mang theo bình nước, không xả rác.'),
      ],
      source: `UBND ${scene.ward(place)}`,
      communes: [place.commune],
    }
  },
  (scene) => {
    const service = scene.pick(
      'đăng ký hộ kinh doanh',
      'cấp bản sao trích lục hộ tịch',
      'xác nhận tình trạng hôn nhân',
      'đăng ký đất đai lần đầu',
      'cấp phép sửa chữa nhà ở',
    )
    return {
      kind: 'policy',
      severity: 'info',
      title: `${capitalised(service)}: nộp trực tuyến, nhận kết quả tại nhà từ ${scene.day(5)}`,
      summary: `Người dân nộp hồ sơ ${service} trực tuyến, không cần đến bộ phận một cửa; phí gửi trả kết quả được miễn đến hết năm.`,
      blocks: [
        p(
          `Từ ${scene.day(5)}, hồ sơ ${service} nộp trên Cổng Dịch vụ công quốc gia, xác thực bằng tài khoản định danh điện tử (VNeID).`,
        ),
        h('Các bước'),
        list(
          'Đăng nhập, chọn thủ tục và nơi nhận.',
          'Tải ảnh giấy tờ, không cần công chứng nếu dữ liệu đã có.',
          'Theo dõi hồ sơ trên ứng dụng iHanoi.',
        ),
      ],
      source: 'Trung tâm Phục vụ hành chính công',
      communes: [],
    }
  },
  (scene) => ({
    kind: 'warning',
    severity: 'advisory',
    title: `Không khí ${scene.pick('kém', 'xấu', 'rất xấu')} trong sáng ${scene.day(1)}: nhóm nhạy cảm hạn chế ra ngoài`,
    summary: `Theo dự báo lúc ${scene.when()} của Sở Nông nghiệp và Môi trường, chỉ số chất lượng không khí tăng do lặng gió và nghịch nhiệt; người cao tuổi, trẻ em, người bệnh hô hấp ở trong nhà buổi sáng.`,
    blocks: [
      list(
        'Đeo khẩu trang lọc bụi mịn khi ra đường.',
        'Đóng cửa sổ từ nửa đêm đến 9 giờ sáng.',
        'Không đốt rơm rạ, rác, than tổ ong.',
      ),
      p('Chỉ số từng giờ xem trên ứng dụng iHanoi.'),
    ],
    source: 'Sở Nông nghiệp và Môi trường',
    communes: [],
    holds: 30,
    en: {
      title: 'Poor air quality tomorrow morning',
      summary: 'Sensitive groups should stay indoors in the morning.',
      blocks: [
        p(
          `According to the forecast made at ${scene.whenEn()} by the Department of Agriculture and Environment, the air will be poor. Wear a mask that filters fine dust, and keep windows closed until nine.`,
        ),
      ],
    },
  }),
  (scene) => {
    const place = scene.place(false)
    return {
      kind: 'water',
      severity: 'info',
      title: `Súc xả đường ống nước tại ${scene.ward(place)} đêm ${scene.day(1)}`,
      summary: `Nước tại ${place.road} và lân cận yếu, có thể đục từ 23 giờ đến 4 giờ sáng hôm sau.`,
      blocks: [
        p(
          `Công ty cấp nước súc xả tuyến ống trên ${place.road}. Người dân dự trữ nước, để xả vòi vài phút khi nước trong lại.`,
        ),
      ],
      source: 'Công ty Nước sạch Hà Nội',
      communes: [place.commune],
      holds: 36,
    }
  },
  (scene) => ({
    kind: 'news',
    severity: 'info',
    title: `${scene.pick('Xe buýt', 'Đường sắt đô thị')} tăng chuyến phục vụ ${scene.pick('giờ cao điểm', 'cuối tuần', 'kỳ thi')} từ ${scene.day(2)}`,
    summary: 'Giãn cách giờ cao điểm còn 5–7 phút; vé tháng dùng chung trên ứng dụng iHanoi.',
    blocks: [
      p('Các tuyến tăng cường chạy từ 5 giờ đến 22 giờ 30. Vé tháng liên thông mua trên ứng dụng, quét mã khi lên xe.'),
      list(
        'Tuyến qua trường đại học ưu tiên xe nhiều chỗ.',
        'Người cao tuổi, học sinh tiếp tục được miễn, giảm giá vé.',
      ),
    ],
    source: 'Sở Xây dựng',
    communes: [],
  }),
]
