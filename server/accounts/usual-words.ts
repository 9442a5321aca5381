/**
 * Words that people in Hanoi use in passwords, folded and the most common first: the library knows passwords of the
 * whole world, but not these.
 */
export const usualWords = `
hanoi hn ihanoi vietnam vn matkhau mat khau mk canbo can bo congchuc cong chuc vienchuc ubnd uyban uy ban nhandan nhan dan
phuong xa quan huyen thanhpho thanh pho tp thudo thu do anhyeuem anh yeu em emyeuanh yeuem yeuanh emyeu anhyeu vo chong con me bo gia dinh
giadinh hanhphuc hanh phuc binhan binh an mayman may man thanhcong cong hoabinh hoa tuoitho vodich dich cuatoi cua toi matkhaucuatoi
tiepnhan phananh phan anh nguoidan nguoi hoso ho so dichvu dich vu motcua mot cua baocao bao cao tongdai hotline admin quantri quan tri
lanhdao lanh dao dieuphoi dieu phoi kiemtra kiem tra bientap bien tap chuyenvien chuyen vien giaodich
hoankiem badinh dongda haibatrung tayho caugiay thanhxuan hoangmai longbien namtuliem bactuliem hadong sontay gialam donganh socson
thanhtri melinh hoaiduc thangLong thanglong hoguom langbac chuacau
nguyen tran le pham huynh hoang phan vu vo dang bui do ngo duong ly dinh trinh mai ha luong cao ta to
van thi duc minh quang huu ngoc xuan thu ha dong nam bac trung tuan anh hung dung cuong son hai long linh lan huong hoa mai
trang thuy hang nga phuc tam tien thang tung kien khanh bao chau giang quynh yen ngan my nhung oanh loan
motnam hai ba bon nam sau bay tam chin muoi mothaiba abc abcd qwerty asdf zxcv
`
  .trim()
  .toLowerCase()
  .split(/\s+/)
