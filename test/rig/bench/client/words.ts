/** The words of the bench page in both languages. */

export type Locale = 'zh-CN' | 'en'

const WORDS = {
  title: ['稳收 · 试验台', 'SureTill · bench'],
  subtitle: ['模拟设备与模拟主机，不动真钱', 'Simulated devices and host, no real money'],
  counterScreen: ['收银屏', 'Counter screen'],
  customerScreen: ['顾客屏', 'Customer screen'],
  openCounter: ['打开收银屏 ↗', 'Open counter screen ↗'],
  openCustomer: ['打开顾客屏 ↗', 'Open customer screen ↗'],
  language: ['English', '中文'],
  disconnected: ['与试验台的连接已断开，正在重连', 'Connection to the rig lost, reconnecting'],
  terminal: ['终端', 'Terminal'],
  byHand: ['终端由您启动', 'You start the terminal'],
  phaseOff: ['已断电', 'No power'],
  phaseStarting: ['正在启动', 'Starting'],
  phaseReady: ['运行中', 'Running'],
  phaseCrashed: ['异常退出', 'Crashed'],
  powerCuts: ['断电', 'Power cuts'],
  times: ['次', ''],
  noScreen: ['屏幕不亮', 'The screen is dark'],
  power: ['电源', 'Power'],
  network: ['网络', 'Network'],
  printer: ['打印机', 'Printer'],
  'pin-pad': ['密码键盘', 'PIN pad'],
  'card-reader': ['读卡器', 'Reader'],
  'qr-scanner': ['扫码器', 'Scanner'],
  pull: ['拔出', 'Unplug'],
  plug: ['插回', 'Plug in'],
  pulled: ['已拔出', 'Unplugged'],
  paper: ['纸', 'Paper'],
  paperOk: ['有纸', 'Paper in'],
  paperNearEnd: ['纸将尽', 'Paper low'],
  paperOut: ['缺纸', 'Paper out'],
  coverClosed: ['盖已关', 'Cover shut'],
  coverOpen: ['盖打开', 'Cover open'],
  cutterOk: ['切刀正常', 'Cutter fine'],
  cutterJammed: ['切刀卡住', 'Cutter jam'],
  tear: ['撕下', 'Tear off'],
  readPaper: ['放大小票', 'Enlarge the slip'],
  papers: ['小票', 'Slips'],
  older: ['上一张', 'Older'],
  newer: ['下一张', 'Newer'],
  close: ['关闭', 'Close'],
  insert: ['插卡', 'Insert'],
  tap: ['挥卡', 'Tap'],
  swipe: ['刷卡', 'Swipe'],
  remove: ['取出卡', 'Take out'],
  hand: ['银行卡：拿起一张，再点读卡器', 'Cards: pick one up, then click the reader'],
  handHeld: ['点 插卡、挥卡 或 刷卡', 'Click insert, tap or swipe'],
  pin: ['密码', 'PIN'],
  phones: ['手机：点屏幕出示', 'Phones: click to show'],
  nextShow: ['换一个码', 'Another code'],
  previousShow: ['换上一个码', 'Previous code'],
  wrongCode: ['错码', 'wrong code'],
  both: ['两部一起出示', 'Both at once'],
  again: ['同一码再扫', 'Same code again'],
  key: ['按键', 'Key'],
  enter: ['确认', 'Enter'],
  clear: ['清除', 'Clear'],
  cancel: ['取消', 'Cancel'],
  host: ['主机账本', 'Host’s ledger'],
  messages: ['报文', 'Messages'],
  held: ['主机记为应付商户', 'The host holds for the shop'],
  signedOn: ['已签到', 'Signed on'],
  notSignedOn: ['未签到', 'Not signed on'],
  noEntries: ['还没有交易', 'No transactions yet'],
  noMessages: ['还没有报文', 'No messages yet'],
  undone: ['已退回', 'given back'],
  faults: ['下一笔交易的故障', 'Wrong with the next sale'],
  clearFaults: ['全部取消', 'Clear all'],
} as const satisfies Record<string, readonly [string, string]>

export type Word = keyof typeof WORDS

/** The word in the language of the page. */
export function say(locale: Locale, word: Word): string {
  return WORDS[word][locale === 'en' ? 1 : 0]
}

/** `1234.50` from fen, grouped. */
export function yuan(minor: number): string {
  const sign = minor < 0 ? '-' : ''
  const whole = Math.trunc(Math.abs(minor) / 100).toLocaleString('en-US')
  return `${sign}${whole}.${String(Math.abs(minor) % 100).padStart(2, '0')}`
}
