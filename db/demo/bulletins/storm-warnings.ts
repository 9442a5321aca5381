import { forecaster } from '#server/bulletins/rules/template-words.ts'
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

const source = `${forecaster}; Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn Thành phố`
const forecasterEn = 'the National Centre for Hydro-Meteorological Forecasting'

const stormPanel = {
  event: 'Bão số 3 (Yagi)',
  eventEn: 'Typhoon Yagi',
  category: 'Met',
  response: 'Shelter',
  urgency: 'Immediate',
  severity: 'Extreme',
  certainty: 'Observed',
  instruction: 'Ở trong nhà kiên cố, tránh xa cửa kính; không ra đường cho đến khi có thông báo mới.',
  instructionEn: 'Stay indoors in a solid building, away from glass, until further notice.',
} as const

/** Warnings of the storm itself: what to expect, when, and what to do. For the whole city. */
export function stormWarning(scene: Scene): Tale {
  const level = scene.pick('cấp 8–9, giật cấp 11', 'cấp 9, giật cấp 12', 'cấp 10, giật cấp 12')
  const rain = scene.pick('100–200 mm', '150–250 mm', '150–300 mm, có nơi trên 400 mm')
  const hours = scene.pick(3, 4, 6)
  const where = scene.pick(
    'khu vực nội thành',
    'các huyện phía nam và phía tây',
    'toàn thành phố',
    'các quận phía đông và huyện Gia Lâm',
    'khu vực dọc sông Hồng',
  )
  const doing = scene.pick(
    'gió mạnh lên nhanh',
    'mưa lớn kèm gió giật',
    'gió đổi hướng và tiếp tục mạnh',
    'dông, lốc trước bão',
    'mưa rất to trong thời gian ngắn',
  )
  const from = scene.when(hours / 2)
  return {
    kind: 'warning',
    severity: 'emergency',
    title: `Cảnh báo bão số 3: ${doing} tại ${where} từ ${scene.hour(hours / 2)}`,
    summary: `Theo bản tin lúc ${scene.when()} của ${forecaster}, từ ${from}, ${where} có gió mạnh ${level}; tổng lượng mưa ${rain}. Người dân không ra đường cho đến khi có thông báo mới.`,
    blocks: [
      callout('danger', `Không ra đường từ ${from} cho đến khi có thông báo mới.`),
      p(
        `Theo bản tin lúc ${scene.when()} của ${forecaster}, ${where} có ${doing}, sức gió mạnh nhất ${level}. Tổng lượng mưa cả đợt dự báo ${rain}.`,
      ),
      h('Việc cần làm ngay'),
      list(
        'Ở trong nhà kiên cố, tránh xa cửa kính và ban công.',
        scene.pick(
          'Hạ, buộc chặt mái tôn, biển quảng cáo, chậu cây trên cao.',
          'Cắt cầu dao những thiết bị ở tầng trệt có thể bị ngập.',
        ),
        scene.pick(
          'Không trú dưới cây to, cột điện, pano, cần cẩu.',
          'Không đi qua các cầu lớn khi có gió mạnh; chấp hành lệnh cấm cầu.',
        ),
        scene.pick('Chuẩn bị nước uống, đèn pin, sạc đầy điện thoại.', 'Chuyển xe dưới hầm để xe lên chỗ cao.'),
      ),
      p(callCentre),
    ],
    source,
    communes: [],
    holds: 12,
    alert: stormPanel,
    en: {
      title: 'Typhoon Yagi: strong wind and heavy rain ahead',
      summary: 'Strong winds and heavy rain are expected. Stay indoors until further notice.',
      blocks: [
        p(
          `According to the bulletin issued at ${scene.whenEn()} by ${forecasterEn}, strong winds and heavy rain are expected in Hanoi within hours. Do not go out until further notice.`,
        ),
        list(
          'Stay in a solid building, away from glass.',
          'Do not shelter under trees, poles or billboards.',
          'Keep water, a torch and a charged phone at hand.',
        ),
        p(callCentreEn),
      ],
    },
  }
}

/** Trees and loose objects before the storm, and hanging debris after it. */
export function windWarning(scene: Scene): Tale {
  const place = scene.place(false)
  const other = scene.beside(place)
  const what = scene.pick(
    'cây lớn có nguy cơ gãy đổ',
    'biển quảng cáo, mái tôn có nguy cơ bị tốc',
    'dây điện, cáp viễn thông võng thấp',
    'giàn giáo công trình chưa hạ',
  )
  return {
    kind: 'warning',
    severity: 'warning',
    title: `${capitalised(what)} trên ${place.road}, ${scene.ward(place)}`,
    summary: `Đoạn ${place.road} gần ${place.landmark} và ${other.road} có ${what}. Người dân không dừng, đỗ xe dưới khu vực này từ ${scene.when()}.`,
    blocks: [
      p(
        `Kiểm tra lúc ${scene.when()}, lực lượng chức năng ghi nhận ${what} tại ${place.road} (đoạn ${place.landmark}) và ${other.road}, ${scene.ward(place)}.`,
      ),
      p(
        scene.pick(
          'Khu vực đã được chăng dây, có người gác.',
          'Đơn vị quản lý đang cắt tỉa, chằng chống; dự kiến xong trong vài giờ.',
          'Đội xung kích của địa phương trực tại chỗ.',
        ),
      ),
      list(
        'Không dừng, đỗ xe, không trú mưa tại đây.',
        'Đi vòng qua phố song song; trẻ em và người cao tuổi không ra ngoài.',
      ),
      p('Thấy cây nghiêng, gãy hoặc dây đứt, gửi ảnh qua ứng dụng iHanoi hoặc gọi |1022|.'),
    ],
    source: scene.pick('Công ty Công viên Cây xanh Hà Nội', 'Sở Xây dựng', 'Công an thành phố'),
    communes: [place.commune],
    holds: 10,
  }
}

/** Streets under water. */
export function floodWarning(scene: Scene): Tale {
  const place = scene.place(false)
  const [second, third] = [scene.beside(place), scene.beside(place)]
  const depth = () => `${scene.random.int(2, 7) * 10} cm`
  const deepest = depth()
  return {
    kind: 'warning',
    severity: 'warning',
    title: `Ngập sâu trên ${place.road} và phố lân cận, ${scene.ward(place)}`,
    summary: `Lúc ${scene.when()}, ${place.road} ngập ${deepest}; xe máy và ô tô gầm thấp không đi vào.`,
    blocks: [
      p(`Mưa lớn làm nhiều đoạn đường tại ${scene.ward(place)} ngập. Mực nước đo lúc ${scene.when()}:`),
      table(
        ['Điểm ngập', 'Độ sâu'],
        [`${place.road}, gần ${place.landmark}`, deepest],
        [second.road, depth()],
        [third.alley, depth()],
      ),
      p(
        scene.pick(
          'Các trạm bơm chạy hết công suất; nước rút chậm vì mực nước hồ và sông Tô Lịch đang cao.',
          'Công nhân thoát nước đã mở nắp hố ga, vớt rác tại cửa thu nước; dự kiến nước rút sau 2–3 giờ nếu ngớt mưa.',
        ),
      ),
      list(
        'Tắt máy khi nước vào ống xả, không cố khởi động lại.',
        'Không lội qua chỗ nước chảy xiết, nơi nắp cống đang mở.',
        'Ngắt cầu dao tầng trệt trước khi nước vào nhà; không chạm thiết bị điện khi đứng trong nước.',
      ),
      p(callCentre),
    ],
    audience: ['drivers', 'everyone'],
    source: 'Công ty Thoát nước Hà Nội',
    communes: [place.commune],
    holds: 6,
  }
}

/** Centimetres of the Red River at Hanoi, whose alarm levels are 9.5, 10.5 and 11.5 m. */
const stages: [string, number, number][] = [
  ['trên báo động 1', 955, 1045],
  ['trên báo động 2', 1055, 1115],
  ['xấp xỉ báo động 3', 1120, 1145],
]

/** The Red River and its tributaries, from the ninth on. */
export function riverWarning(scene: Scene): Tale {
  const river = scene.pick('sông Hồng tại trạm Hà Nội', 'sông Tích', 'sông Bùi', 'sông Cà Lồ', 'sông Nhuệ', 'sông Đáy')
  const place = scene.place(scene.random.chance(0.6))
  const [level, least, most] = scene.pick(...stages)
  const isRed = river.startsWith('sông Hồng')
  // Only the Red River's alarm stages are known precisely enough to state a figure with the level.
  const stage = isRed ? `${(scene.random.int(least, most) / 100).toFixed(2).replace('.', ',')} m, ` : ''
  return {
    kind: 'warning',
    severity: level.endsWith('1') ? 'warning' : 'emergency',
    title: `Lũ trên ${river} ${level}: chuẩn bị sơ tán người dân vùng bãi, ven đê ${scene.ward(place)}`,
    summary: `Lúc ${scene.when()}, mực nước ${river} ở mức ${level}. Người dân vùng bãi, ven đê tại ${scene.ward(place)} cần chuẩn bị sơ tán.`,
    blocks: [
      callout(
        'warning',
        `Mực nước đo lúc ${scene.hour()}: ${stage}${level}. Theo bản tin lúc ${scene.when()} của ${forecaster}, nước còn lên trong 6–12 giờ tới.`,
      ),
      p(
        `Các hộ ngoài bãi và ven ${river} thuộc ${scene.ward(place)} chuyển người cao tuổi, trẻ em, tài sản lên nơi cao trước ${scene.when(5)}.`,
      ),
      list(
        `Điểm tập kết: ${place.school}, ${place.quarter}.`,
        scene.pick('Không bơi thuyền, vớt củi, đánh cá trên sông.', 'Không chạy xe tải trên mặt đê.'),
        'Cắt điện trước khi rời nhà; mang theo giấy tờ và thuốc đang dùng.',
      ),
      p('Phát hiện nước rò rỉ qua đê, mạch đùn, mạch sủi, sạt lở: báo ngay trưởng thôn hoặc gọi |112|.'),
    ],
    audience: ['evacuees', 'farmers'],
    source,
    communes: [place.commune],
    holds: 18,
    en: {
      title: `Rising water near ${inEnglish(scene.ward(place))}: be ready to leave`,
      summary: 'The river is rising. People on the flood plain and along the dyke should be ready to leave.',
      blocks: [
        p('Move children, the elderly and your belongings to higher ground. Switch off the mains before you leave.'),
        p(callCentreEn),
      ],
    },
  }
}
