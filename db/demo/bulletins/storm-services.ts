import {
  callCentre,
  callCentreEn,
  callout,
  capitalised,
  h,
  inEnglish,
  list,
  p,
  type Scene,
  type Tale,
  table,
} from './telling.ts'

export function bridgeClosed(scene: Scene): Tale {
  const bridge = scene.pick(
    'cầu Long Biên',
    'cầu Chương Dương',
    'cầu Vĩnh Tuy',
    'cầu Nhật Tân',
    'cầu Thanh Trì',
    'cầu Thăng Long',
    'cầu Đông Trù',
  )
  const other = scene.pick('cầu Thanh Trì', 'cầu Vĩnh Tuy', 'cầu Thăng Long', 'cầu Nhật Tân')
  const who = scene.pick('xe máy và xe thô sơ', 'mọi phương tiện', 'người đi bộ, xe đạp, xe máy')
  const why = scene.pick('gió giật mạnh', 'nước sông Hồng lên nhanh', 'có vật cản trên mặt cầu')
  return {
    kind: 'road_closed',
    severity: 'warning',
    title: `Cấm ${who} qua ${bridge} từ ${scene.hour(0.5)}`,
    summary: `Do ${why}, ${bridge} tạm cấm ${who} từ ${scene.when(0.5)} đến khi có thông báo mới.`,
    blocks: [
      p(`Để bảo đảm an toàn do ${why}, từ ${scene.when(0.5)} ${bridge} tạm cấm ${who}.`),
      h('Hướng đi thay thế'),
      list(
        `Đi ${other === bridge ? 'cầu Đông Trù' : other} nếu cầu này chưa bị cấm.`,
        'Xe tải, xe khách đi theo hướng dẫn phân luồng của cảnh sát giao thông.',
        'Chấp hành hiệu lệnh của cảnh sát giao thông tại hai đầu cầu.',
      ),
      p('Thông báo thông xe sẽ được đăng ngay khi đủ điều kiện an toàn.'),
    ],
    audience: ['drivers'],
    source: scene.roadsOffice(),
    communes: [],
    holds: 8,
    en: {
      title: `${inEnglish(bridge)} closed`,
      summary: 'The bridge is closed until further notice because of the weather.',
      blocks: [p('Use another crossing and follow the instructions of the traffic police.')],
    },
  }
}

export function roadClosed(scene: Scene): Tale {
  const place = scene.place(scene.random.chance(0.75) ? false : undefined)
  const detour = scene.beside(place)
  const why = scene.pick(
    'cây đổ chắn ngang đường',
    'ngập sâu',
    'cột điện nghiêng',
    'sụt mặt đường',
    'mái tôn bay xuống lòng đường',
    'dây điện đứt',
  )
  const hours = scene.pick(2, 3, 4, 6)
  return {
    kind: 'road_closed',
    severity: 'advisory',
    title: `${capitalised(place.road)} (${scene.ward(place)}) tạm cấm xe do ${why}`,
    summary: `Đoạn ${place.road} gần ${place.landmark} không đi được từ ${scene.when()}; dự kiến thông xe khoảng ${scene.when(hours)}.`,
    blocks: [
      p(
        `Lúc ${scene.when()}, ${place.road} đoạn gần ${place.landmark}, ${scene.ward(place)} bị ${why}. Lực lượng chức năng đã chăng dây, phân luồng từ xa.`,
      ),
      list(
        `Đi vòng theo ${detour.road}.`,
        scene.pick(
          'Xe buýt qua đoạn này dừng ở hai đầu, đi vòng theo hướng dẫn.',
          'Ô tô trên 16 chỗ không vào khu vực.',
        ),
        `Dự kiến thông xe: ${scene.when(hours)}.`,
      ),
      p('Thông tin phân luồng mới nhất gọi |1022| hoặc xem trên ứng dụng iHanoi.'),
    ],
    audience: ['drivers'],
    source: scene.pick('Phòng Cảnh sát giao thông', scene.roadsOffice(), `UBND ${scene.ward(place)}`),
    communes: [place.commune],
    holds: hours + 2,
  }
}

export function powerCut(scene: Scene): Tale {
  const place = scene.place()
  const [second, third] = [scene.beside(place), scene.beside(place)]
  const houses = scene.random.int(3, 90) * 50
  const hours = scene.pick(3, 5, 8, 12)
  const cause = scene.pick(
    'cây đổ vào đường dây trung áp',
    'sự cố trạm biến áp',
    'chủ động cắt điện để bảo đảm an toàn vùng ngập',
    'gãy cột điện',
  )
  return {
    kind: 'power',
    severity: 'advisory',
    title: `Mất điện tại ${place.road} và ${second.quarter}, ${scene.ward(place)}: cấp lại trước ${scene.hour(hours)}`,
    summary: `Khoảng ${houses.toLocaleString('vi-VN')} khách hàng tại ${scene.ward(place)} mất điện từ ${scene.when(-1)} do ${cause}.`,
    blocks: [
      p(
        `Từ ${scene.when(-1)}, khoảng ${houses.toLocaleString('vi-VN')} khách hàng tại ${place.road}, ${second.quarter} và ${third.road} mất điện do ${cause}.`,
      ),
      table(
        ['Khu vực', 'Dự kiến có điện'],
        [place.road, scene.when(hours - 2)],
        [second.quarter, scene.when(hours)],
        [third.road, scene.when(hours)],
      ),
      callout('warning', 'Tuyệt đối không lại gần dây điện đứt, võng; coi như dây đang có điện.'),
      p('Báo sự cố điện gọi |1900 1288|.'),
    ],
    source: 'Tổng công ty Điện lực TP Hà Nội',
    communes: [place.commune],
    holds: hours,
  }
}

export function waterCut(scene: Scene): Tale {
  const place = scene.place()
  const second = scene.beside(place)
  const cause = scene.pick(
    'trạm bơm mất điện',
    'nước thô đục vượt ngưỡng',
    'đường ống bị cây bật gốc làm vỡ',
    'nhà máy giảm công suất vì lũ',
  )
  const hours = scene.pick(6, 10, 16)
  return {
    kind: 'water',
    severity: 'advisory',
    title: `Nước sạch yếu hoặc mất tại ${scene.ward(place)}, khu vực ${place.road}`,
    summary: `Do ${cause}, nước sạch tại ${place.road}, ${second.quarter} yếu hoặc mất đến khoảng ${scene.when(hours)}.`,
    blocks: [
      p(`Do ${cause}, áp lực nước tại ${place.road}, ${second.road} và ${second.quarter} giảm từ ${scene.when(-2)}.`),
      list(
        `Xe bồn cấp nước tại ${place.landmark} từ ${scene.when(1)}.`,
        'Dự trữ nước vừa đủ dùng, để xả nước đầu khi có lại.',
        'Nước đục: để lắng, đun sôi trước khi uống.',
      ),
      p(`Dự kiến cấp lại bình thường khoảng ${scene.when(hours)}. Đường dây nóng cấp nước: |1022|.`),
    ],
    source: scene.pick('Công ty Nước sạch Hà Nội', 'Sở Xây dựng'),
    communes: [place.commune],
    holds: hours,
  }
}

export function shelterOpen(scene: Scene): Tale {
  const place = scene.place()
  const other = scene.beside(place)
  const room = scene.random.int(4, 30) * 10
  return {
    kind: 'shelter',
    severity: 'warning',
    title: `Mở điểm tránh trú tại ${place.school}, ${scene.ward(place)}`,
    summary: `Từ ${scene.when()}, ${place.school} đón người dân ${place.quarter} và vùng lân cận đến tránh trú, sức chứa ${room} người.`,
    blocks: [
      p(
        `Từ ${scene.when()}, điểm tránh trú tại ${place.school} (${place.road}, ${scene.ward(place)}) mở cửa ngày đêm, có nước uống, chăn, sạc điện thoại và cán bộ y tế.`,
      ),
      table(
        ['Điểm tránh trú', 'Sức chứa'],
        [place.school, `${room} người`],
        [`Nhà văn hóa ${other.quarter}`, `${Math.round(room / 20) * 10} người`],
      ),
      list(
        'Ưu tiên người cao tuổi, trẻ em, phụ nữ mang thai, hộ ở nhà tạm, chung cư cũ.',
        'Mang theo giấy tờ, thuốc đang dùng, quần áo ấm.',
        scene.pick('Vật nuôi để ở khu riêng phía sau trường.', 'Xe máy gửi miễn phí tại sân trường.'),
      ),
      p('Cần xe đón, gọi |1022| hoặc trưởng thôn, tổ trưởng dân phố.'),
    ],
    audience: ['evacuees'],
    source: `UBND ${scene.ward(place)}`,
    communes: [place.commune],
    holds: 24,
    en: {
      title: `Shelter open in ${inEnglish(scene.ward(place))}`,
      summary: `A school in ${inEnglish(scene.ward(place))} takes in people who must leave their homes, day and night.`,
      blocks: [
        p(`The shelter on ${inEnglish(place.road)} has room for ${room} people, with water, blankets and a nurse.`),
        p(callCentreEn),
      ],
    },
  }
}

export function healthAdvice(scene: Scene): Tale {
  const place = scene.place()
  const topic = scene.pick(
    {
      what: 'Phòng bệnh đau mắt đỏ, nước ăn chân sau ngập',
      do: ['Rửa tay, rửa chân bằng xà phòng sau khi lội nước.', 'Không dùng chung khăn mặt.'],
    },
    {
      what: 'Xử lý nước giếng, bể chứa bị ngập',
      do: ['Thau rửa bể, khử trùng bằng viên Cloramin B do trạm y tế cấp.', 'Đun sôi nước trước khi uống.'],
    },
    {
      what: 'Phòng sốt xuất huyết sau mưa bão',
      do: ['Đổ hết nước đọng trong chum, lốp, chậu cây.', 'Ngủ màn cả ban ngày.'],
    },
    {
      what: 'An toàn thực phẩm trong những ngày mất điện',
      do: ['Bỏ thực phẩm đông lạnh đã rã đông quá 2 giờ.', 'Ăn chín, uống sôi.'],
    },
    {
      what: 'Sơ cứu khi bị điện giật, đuối nước',
      do: ['Ngắt nguồn điện trước khi chạm vào người bị nạn.', 'Gọi |115| ngay, ép tim nếu ngừng thở.'],
    },
  )
  return {
    kind: 'health',
    severity: 'info',
    title: `${topic.what}: hướng dẫn cho người dân ${scene.ward(place)}`,
    summary: `Trạm y tế tại ${scene.ward(place)} hướng dẫn và cấp thuốc, hóa chất khử trùng miễn phí từ ${scene.when(1)}.`,
    blocks: [
      p(
        `Sau mưa bão, ngành y tế lưu ý người dân ${scene.ward(place)}: ${topic.what.charAt(0).toLowerCase()}${topic.what.slice(1)}.`,
      ),
      list(...topic.do, 'Thấy sốt, tiêu chảy, mẩn ngứa kéo dài, đến trạm y tế gần nhất.'),
      p(`Điểm cấp phát: trạm y tế gần ${place.landmark}, ${place.road}, từ ${scene.when(1)}.`),
    ],
    source: 'Sở Y tế',
    communes: [place.commune],
    holds: 72,
  }
}

export function allClear(scene: Scene): Tale {
  const place = scene.place()
  const done = scene.pick('thông xe', 'có điện trở lại', 'hết ngập', 'có nước sạch trở lại', 'dọn xong cây đổ')
  return {
    kind: 'all_clear',
    severity: 'info',
    title: `${capitalised(place.road)}, ${scene.ward(place)} đã ${done}`,
    summary: `Từ ${scene.when()}, khu vực ${place.road} gần ${place.landmark} đã ${done}, sinh hoạt trở lại bình thường.`,
    blocks: [
      p(`Lúc ${scene.when()}, ${place.road} (gần ${place.landmark}), ${scene.ward(place)} đã ${done}.`),
      list(
        scene.pick(
          'Còn bùn, cành nhỏ ven đường: đi chậm, giữ khoảng cách.',
          'Công nhân tiếp tục thu dọn, đề nghị không đỗ xe sát lề.',
        ),
        'Kiểm tra đồ điện bị ướt trước khi cắm lại.',
      ),
      p(scene.pick('Cảm ơn người dân đã phối hợp. Nơi nào còn vướng mắc, gửi phản ánh qua iHanoi.', callCentre)),
    ],
    source: scene.pick('Sở Xây dựng', `UBND ${scene.ward(place)}`, 'Công ty Thoát nước Hà Nội'),
    communes: [place.commune],
    holds: 12,
    en: {
      title: `${inEnglish(place.road)}: back to normal`,
      summary: 'The area is back to normal. Take care where mud and branches remain.',
      blocks: [p('The street is open again and services have resumed. Check wet appliances before you plug them in.')],
    },
  }
}
