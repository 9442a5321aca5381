import type { BulletinKind } from './bulletin.ts'

export type TemplateText = {
  title: string
  summary: string
  /** A line that begins with "– " is an item, with "# " a heading, with "! " a callout. */
  body: readonly string[]
}

export const forecaster = 'Trung tâm Dự báo khí tượng thủy văn quốc gia'
const forecasterEn = 'the National Centre for Hydro-Meteorological Forecasting'

const none: TemplateText = { title: '', summary: '', body: [] }
const nothing = { vi: none, en: null }

/**
 * What a bulletin of each kind says, in both languages. Ellipses mark what only the writer knows: with one left
 * anywhere, the checklist blocks publication. The hour of a forecast is one of them: it is the service's hour, not that
 * of the writing.
 */
export const templateWords: Readonly<Record<BulletinKind, { vi: TemplateText; en: TemplateText | null }>> = {
  warning: {
    vi: {
      title: 'Cảnh báo … tại {areas}',
      summary: `Theo bản tin lúc … của ${forecaster}, từ {time} đến …, {areas} có khả năng …. Người dân ở trong nhà kiên cố, không đi qua nơi ngập và theo dõi bản tin tiếp theo.`,
      body: [
        `Theo bản tin lúc … của ${forecaster}, {incident} …. Trong … giờ tới, {areas} có khả năng …`,
        '# Người dân cần làm gì',
        '– Ở trong nhà kiên cố, tránh xa cửa kính, cây lớn, biển quảng cáo và đường dây điện.',
        '– Không đi qua ngầm tràn, hầm chui, đoạn đường ngập.',
        '– Đưa xe, đồ điện lên cao; ngắt cầu dao trước khi nước vào nhà. Không chạm vào thiết bị điện khi người ướt hoặc đang đứng trong nước.',
        '! Cần cứu nạn, cứu hộ: gọi 112 hoặc 114. Phản ánh cây đổ, ngập úng: gọi 1022 hoặc ứng dụng iHanoi.',
      ],
    },
    en: {
      title: 'Warning of … in {areas}',
      summary: `According to the bulletin issued at … by ${forecasterEn}, … is likely in {areas} from {time} to …. Stay inside a solid building, keep out of floodwater and follow the next bulletins.`,
      body: [
        `According to the bulletin issued at … by ${forecasterEn}, {incident} …. Within … hours, … is likely in {areas}.`,
        '# What to do',
        '– Stay inside a solid building, away from windows, large trees, billboards and power lines.',
        '– Do not go through fords, underpasses or flooded roads.',
        '– Move vehicles and appliances to high ground; switch off the mains before water enters the house. Do not touch anything electric when you are wet or standing in water.',
        '! To be rescued: call 112 or 114. To report fallen trees and flooding: call 1022 or use the iHanoi app.',
      ],
    },
  },
  road_closed: {
    vi: {
      title: 'Cấm đường … đoạn …',
      summary: 'Từ {time} đến …, cấm phương tiện qua …. Người tham gia giao thông đi theo hướng …',
      body: [
        'Do {incident}, từ {time} đến …, không cho phương tiện đi qua …',
        '# Hướng đi thay thế',
        '– Từ … đi …: theo …',
        '– Xe tải trên … tấn: theo …',
        '! Không cố đi qua đoạn ngập. Xe chết máy giữa đoạn ngập: không khởi động lại; nước còn dâng thì rời xe đến nơi cao; cần cứu nạn gọi 112 hoặc 114.',
      ],
    },
    en: {
      title: 'Road closed: … between …',
      summary: 'From {time} to …, … is closed to vehicles. Take …',
      body: [
        'Because of {incident}, … is closed to vehicles from {time} to …',
        '# Other ways',
        '– From … to …: take …',
        '– Lorries over … tonnes: take …',
        '! Do not try to drive through floodwater. If your vehicle stalls in it: do not restart it; if the water is still rising, leave the vehicle for high ground; to be rescued call 112 or 114.',
      ],
    },
  },
  shelter: {
    vi: {
      title: 'Điểm tránh trú tại {areas}',
      summary: 'Từ {time}, {areas} mở … điểm tránh trú cho người thuộc diện sơ tán.',
      body: [
        'Từ {time}, các điểm sau mở cửa suốt ngày đêm, có nước uống, thức ăn và nhân viên y tế:',
        '– …, số …, phố …',
        '– …, số …, phố …',
        '# Mang theo',
        '– Giấy tờ tùy thân, thuốc đang dùng, đèn pin, áo ấm, sữa cho trẻ nhỏ.',
        '! Cần đưa đón người cao tuổi, người khuyết tật: gọi …. Nguy hiểm đến tính mạng: gọi 112 hoặc 114.',
      ],
    },
    en: {
      title: 'Shelters in {areas}',
      summary: 'From {time}, … shelters are open in {areas} for people who must leave their homes.',
      body: [
        'From {time}, these shelters are open day and night, with drinking water, food and medical staff:',
        '– …, … Street',
        '– …, … Street',
        '# Bring',
        '– Identity papers, the medicine you take, a torch, warm clothes, milk for small children.',
        '! If elderly or disabled people need transport: call …. In danger to life: call 112 or 114.',
      ],
    },
  },
  power: {
    vi: {
      title: 'Mất điện tại {areas}',
      summary: 'Từ {time}, mất điện tại {areas}. Dự kiến có điện lại lúc …',
      body: [
        'Do {incident}, từ {time} mất điện tại …. Dự kiến có điện lại lúc …',
        '– Không chạm vào dây điện rơi; đứng cách ít nhất 10 mét và báo ngay.',
        '– Rút phích cắm thiết bị; không chạy máy phát điện trong nhà kín.',
        '! Báo sự cố điện: gọi 1900 1288.',
      ],
    },
    en: {
      title: 'Power cut in {areas}',
      summary: 'From {time}, the power is off in {areas}. It should be back at …',
      body: [
        'Because of {incident}, the power is off in … from {time}. It should be back at …',
        '– Do not touch fallen power lines; keep at least 10 metres away and report them at once.',
        '– Unplug appliances; never run a generator indoors.',
        '! To report a power failure: call 1900 1288.',
      ],
    },
  },
  water: {
    vi: {
      title: 'Gián đoạn cấp nước tại {areas}',
      summary: 'Từ {time}, cấp nước gián đoạn tại {areas}. Dự kiến có nước lại lúc …',
      body: [
        'Từ {time}, cấp nước gián đoạn tại …. Dự kiến có nước lại lúc …',
        '– Điểm lấy nước tạm thời: …',
        '– Khi có nước lại, nếu nước đục: xả vài phút, để lắng, đun sôi trước khi uống.',
        '! Báo sự cố nước: gọi …',
      ],
    },
    en: {
      title: 'Water supply interrupted in {areas}',
      summary: 'From {time}, the water supply is interrupted in {areas}. It should be back at …',
      body: [
        'From {time}, the water supply is interrupted in …. It should be back at …',
        '– Water can be fetched at …',
        '– When the water is back and cloudy: let it run a few minutes, let it settle, boil it before you drink it.',
        '! To report trouble with the water: call …',
      ],
    },
  },
  health: {
    vi: {
      title: 'Phòng bệnh sau {incident}',
      summary: 'Ngành y tế hướng dẫn phòng … tại {areas}.',
      body: [
        'Từ {time}, người dân tại {areas} chú ý …',
        '– Uống nước đun sôi, ăn chín, rửa tay bằng xà phòng.',
        '– Thau rửa bể nước, khử khuẩn theo hướng dẫn của trạm y tế.',
        '! Có dấu hiệu bệnh: đến trạm y tế gần nhất hoặc gọi 115.',
      ],
    },
    en: {
      title: 'Staying healthy after {incident}',
      summary: 'The health service advises how to avoid … in {areas}.',
      body: [
        'From {time}, people in {areas} should watch for …',
        '– Drink boiled water, eat cooked food, wash your hands with soap.',
        '– Clean out water tanks and disinfect them as your health station tells you.',
        '! If you feel ill: go to the nearest health station or call 115.',
      ],
    },
  },
  all_clear: {
    vi: {
      title: 'Hết cảnh báo … tại {areas}',
      summary: 'Từ {time}, cảnh báo … tại {areas} không còn hiệu lực.',
      body: [
        'Từ {time}, cảnh báo … tại {areas} không còn hiệu lực.',
        '– Trở về nhà khi chính quyền phường, xã cho phép; kiểm tra điện, mái, cây trước khi vào.',
        '! Phản ánh thiệt hại, cây đổ, rác: gọi 1022 hoặc ứng dụng iHanoi.',
      ],
    },
    en: {
      title: 'All clear: warning of … lifted in {areas}',
      summary: 'From {time}, the warning of … in {areas} is no longer in force.',
      body: [
        'From {time}, the warning of … in {areas} is no longer in force.',
        '– Go home when the ward or commune allows it; check the wiring, the roof and trees before you enter.',
        '! To report damage, fallen trees and rubbish: call 1022 or use the iHanoi app.',
      ],
    },
  },
  news: nothing,
  policy: nothing,
}
