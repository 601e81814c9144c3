# kenin の日本語メッセージ。キーは報告書の安定したコードであり、文章そのものは契約ではない。
# 値は「どうであるか」、`.next` は「次に何をするか」、`.about` は `kenin explain` の解説。

## 判定

verdict-valid = 有効
    .about = すべての署名が検証に合格し、ガイドラインへの適合を決める要件をすべて満たしています。
verdict-invalid = 無効
    .about = 署名が確定的に不合格であるか、ガイドラインへの適合を決める要件を満たさないことが確認されました。
verdict-indeterminate = 判定不能
    .about = 誤りは確認されていませんが、判定に必要な情報が足りません。
verdict-no-signature = 署名なし
    .about = この文書に署名は見つかりませんでした。
verdict-error = エラー
    .about = この文書を処理できませんでした。

headline-valid = 有効
headline-invalid = 無効
headline-indeterminate = 判定不能

conformity-conforming = 適合
conformity-non-conforming = 不適合
conformity-undetermined = 判定不能
conformity-because = { $word }（{ $ids }）。{ $reason }
conformity-not-assessed = 対象外

indication-total-passed = TOTAL-PASSED（合格）
    .about = ポリシーが求める EN 319 102-1 の検査にすべて合格しました。
indication-total-failed = TOTAL-FAILED（不合格）
    .about = 検査に確定的に不合格でした。情報を追加しても有効にはなりません。
indication-indeterminate = INDETERMINATE（判定不能）
    .about = 手元の情報だけでは有効かどうかを決められません。失効リストや証明書などを追加すれば決まることがあります。

status-passed = 合格
status-failed = 不合格
status-indeterminate = 判定不能
status-warning = 注意
status-info = 情報
status-skipped = 未実施

requirement-status-satisfied = 満たす
requirement-status-not-satisfied = 満たさない
requirement-status-undetermined = 判定不能
requirement-status-not-applicable = 対象外
requirement-by-route = { $title } ({ $route })
requirement-status-organisational = 組織で確認

## 報告書の言葉

list-separator = 、
text-headline-gap = ／
text-signature-title = { $kind } { $id }
text-signature-headline = 署名
text-guideline-headline = ガイドライン
text-who = 誰が
    .question = 誰が（資格）
text-when = いつ
    .question = いつ（何が証明するか）
text-tampering = 改ざん
    .question = 改ざん
text-certificate = 証明書
    .question = 証明書
text-guideline = ガイドライン
    .question = ガイドライン
text-requirements = ガイドラインの要件
text-checks = 検査
text-findings = 気づいた点
text-document-findings = 文書について
text-next = 次にすること
text-error = 問題
text-timestamps = タイムスタンプ
text-claims = 申告
    .question = 署名者の申告
text-validity = 検証できる期限
text-judged-now = 判定時刻 { $time }、ポリシー { $policy }、信頼プロファイル { $trust }。
text-judged-given = 判定時刻 { $time }（指定。その時点ですべてが存在したことは指定した方の責任です）、ポリシー { $policy }、信頼プロファイル { $trust }。
text-folded = { $count } 件に合格: { $names }
text-all-passed = { $count } 件すべてに合格
text-field = フィールド { $field }
text-counter-of = { $parent } への副署名
text-bytes = { $size } バイト
text-level = レベル { $claimed }（構造上）、確認できたレベル { $reached }
text-level-same = レベル { $reached }
level-none = なし
text-also = ほかに { $names }
text-file-error = 読めませんでした
text-unsigned = 署名なし

text-level-names = 規格上の名称
text-next-level = レベル { $level } にするために文書に足りないもの:

missing-signature-timestamp = 署名者の証明書が有効なうちに付けた、署名へのタイムスタンプ
missing-signing-certificate = 署名者またはタイムスタンプ局の証明書
missing-certificate = 認証パスの証明書
    .detail = 証明書: { $subject }
missing-revocation-data = 使える失効情報（CRL または OCSP 応答）
    .detail = 使える失効情報（CRL または OCSP 応答）: { $subject }
missing-security-store = 署名の後に作られた検証情報の格納領域（DSS）
missing-complete-references = 証明書と失効情報への参照
missing-references-timestamp = その参照へのタイムスタンプ
missing-archive-timestamp = 全体を守るアーカイブタイムスタンプ（PDF では文書タイムスタンプ）
missing-archive-timestamp-covering = 先のタイムスタンプを守るアーカイブタイムスタンプ
    .detail = 次の証明書の失効情報を守るアーカイブタイムスタンプ: { $subject }

kind-signature = 署名
kind-document-timestamp = 文書タイムスタンプ
kind-counter-signature = 副署名
kind-timestamp = タイムスタンプ
kind-evidence-record = 証拠レコード

who-unknown = 特定できません（署名者の証明書がないか、決められません）
who-licence = { $name }（{ $roles }）
who-short = { $name }（{ $role }）
who-no-role = { $name }（証明書に資格の記載はありません）
who-not-trusted = { $who }※証明書を確認できないため、未確認です
who-not-shown = { $who }※署名が成り立たないため、この方の署名とはいえません
who-superseded = { $who }※署名したのは第 { $revision } 版（全 { $revisions } 版）で、今の文書ではありません
who-stamped-superseded = { $who }※対象は第 { $revision } 版（全 { $revisions } 版）で、今の文書ではありません
who-stamp-not-shown = { $who }※タイムスタンプが成り立たないため、発行を確認できません
role-manager = { $name }：管理責任者で、国家資格ではありません
role-unrecognised = 「{ $name }」（資格表にない表記）
who-redacted = 氏名は表示していません（公的個人認証。--show-personal で表示）

when-proven-accredited = { $time } までに署名済み。証明: 認定タイムスタンプ { $tsa }
when-proven-trusted = { $time } までに署名済み。証明: 信頼できるタイムスタンプ { $tsa }（認定事業者とは確認できません）
when-proven = { $time } までに署名済み。証明: タイムスタンプ
when-claimed = 証明されていません。署名者の申告は { $time } です
when-unknown = 証明されていません。署名者の申告もありません
when-claimed-stamped = 証明されていません。タイムスタンプはありますが、証明になりません。署名者の申告は { $time } です
when-unknown-stamped = 証明されていません。タイムスタンプはありますが、証明になりません
when-not-shown = 証明されません（署名が成り立たないため）
when-superseded = { $when }。第 { $revision } 版についての証明で、今の文書の証明ではありません
when-stamped = { $time }（区分: { $grade }）
when-stamp-broken = 証明になりません（記載は { $time }）
when-unreadable = 時刻を読み取れません

grade-none = 証明にならない
    .about = タイムスタンプの対象か署名が一致せず、何も証明しません。
grade-verified = 検証済み
    .about = タイムスタンプの対象と署名は一致していますが、発行者が信頼できることは確認できていません。
grade-trusted = 信頼できる
    .about = タイムスタンプの証明書が、信頼プロファイルに登録された時刻認証局まで正しくつながっています。
grade-accredited = 認定
    .about = 信頼できるタイムスタンプであり、その時刻に業務が認定を受けていたことを信頼プロファイルが示しています。

tampering-none = なし。署名されたときのままです
tampering-later-material = なし。署名後の追記は、署名を保存するための情報だけです
tampering-later-unknown = 署名された部分に変更はありませんが、署名後に追記があり、何が変わったか確かめられません
tampering-later-forbidden = あり。署名後に、署名が許していない変更があります（下の一覧）
tampering-later-unclear = 署名された部分に変更はありませんが、署名後に、許否の定めのない変更があります（下の一覧）
tampering-later-doubtful = 署名された部分に変更はありませんが、署名後の追記に、閲覧ソフトによって一覧以外のものが見えるおそれがあります
tampering-later-noticed = 署名された部分にはありません。署名後に、認められる変更があり、表示に現れます（下の一覧）
tampering-later-permitted = なし。署名後の追記は、署名が許すものだけです
tampering-later-appearance = 署名された部分にはありません。署名後に、許される変更で、入力欄の表示がその値と違うものになっています
tampering-trailing = あり。署名後に、どの版にも属さないデータが末尾に加えられています
tampering-differential = あり。本来のものとは別のページ、入力欄または署名がファイル内にあり、閲覧ソフトによってはそれが見えます
tampering-later = 署名された部分に変更はありませんが、署名後に追記があります
tampering-partial = 署名された部分に変更はありませんが、文書の一部だけが署名の対象です
tampering-changed = あり。署名後に内容が変更されています
tampering-signature-broken = 署名値が一致しません。内容か署名が変更されています
tampering-unclear = 判定できません。署名の構造が壊れています
tampering-not-found = 確認できません。署名の対象となるファイルがありません
tampering-unknown = 判定できません
tampering-unprotected = 署名された内容は一致していますが、ポリシーの条件を満たしていません
tampering-stamp-none = なし。タイムスタンプが付与されたときのままです
tampering-stamp-changed = あり。タイムスタンプの対象と内容が異なります
tampering-stamp-not-checked = 確認できません。タイムスタンプの対象となるファイルがありません

certificate-good = { $time } の時点で有効。{ $anchor } まで確認
certificate-good-now = 有効。{ $anchor } まで確認
certificate-missing = 特定できません
certificate-not-judged = 判定していません（署名が成り立たないため）
certificate-no-anchor = 信頼できる認証局につながりません
certificate-problem = { $problem }

coverage-entire-file = 文書全体
coverage-entire-revision = 署名した版の全体
coverage-partial = 文書の一部
coverage-unclear = 不明
coverage-detached = 別ファイルの内容
coverage-attached = 署名の中の内容

format-pdf = PDF
format-cms = CMS 署名
format-timestamp-token = タイムスタンプトークン
format-timestamp-response = タイムスタンプ応答
format-xml = XML
format-asic = ASiC コンテナ
format-jades = JSON 署名
format-evidence-record = エビデンスレコード
format-other = 不明な形式

timestamp-kind-content = コンテンツタイムスタンプ
timestamp-kind-signature = 署名タイムスタンプ
timestamp-kind-cades-c = CAdES-C タイムスタンプ
timestamp-kind-certs-crls = 参照情報へのタイムスタンプ
timestamp-kind-archive-v2 = アーカイブタイムスタンプ（v2）
timestamp-kind-archive-v3 = アーカイブタイムスタンプ（v3）
timestamp-kind-xades-archive = アーカイブタイムスタンプ（XAdES）
timestamp-kind-evidence-record = エビデンスレコード
timestamp-kind-document = 文書タイムスタンプ

revocation-status-good = 失効していない
revocation-status-revoked = 失効
revocation-status-on-hold = 一時停止
revocation-status-unknown = 不明

validity-until = { $until }（{ validity-because }）。それまでにタイムスタンプを追加すれば、以後も検証できます。
validity-renew = { $until }。{ $renew } までにタイムスタンプを追加してください（{ validity-because }）。
validity-now = この文書だけでは分かりません（{ validity-because }）。
validity-because = { $because ->
    [signer-certificate-expiry] 署名者の証明書の有効期限
    [ca-certificate-expiry] 認証局の証明書の有効期限
    [tsa-certificate-expiry] タイムスタンプの証明書の有効期限
    [algorithm-horizon] { $subject } の利用終了予定
    [anchor-sunset] 信頼プロファイルによる { $subject } の信頼終了
   *[missing-material] 証明書または失効情報が不足しています。埋め込んだうえでタイムスタンプを付与してください
 }

next-renew = { $renew } までにタイムスタンプを追加してください。
next-revocation = 失効情報を { $uri } から入手し、--evidence で指定して再検証してください（{ $subject }）。
next-issuer = 認証局「{ $subject }」の証明書を { $uri } から入手し、--evidence で指定してください。

summary-line = { $total } 件: 有効 { $valid }、無効 { $invalid }、判定不能 { $indeterminate }、署名なし { $unsigned }、エラー { $errors }
progress = { $total } 件中 { $done } 件を検証しました

## エラーと使い方

error-io = ファイルを読めませんでした: { $reason }
    .next = ファイルがあるか、読む権限があるかを確認してください。
error-unsupported-format = 形式は分かりますが、kenin はまだこの形式を検証できません。
    .next = この形式に対応した検証ツールを使ってください。kenin が対応する形式は README にあります。
error-encrypted-needs-password = 文書は暗号化されており、指定されたパスワードでは開けません。
    .next = --password-file でパスワードを指定してください。
error-limit-exceeded = 処理の上限に達したため、その先は検査していません。
    .next = 極端に大きい文書か、読み取りを妨げるように作られた文書です。取り扱いに注意してください。
error-usage = コマンドの指定に誤りがあります: { $reason }
error-internal = この文書の処理中に kenin 自体の不具合が起きました。文書の良否を示すものではありません。
    .next = 不具合として報告してください。差し支えなければ文書も添えてください。
error-not-signed = 署名は見つかりませんでした。
    .next = 署名済みの原本か、印刷や変換で作られた写しではないかを確認してください。
error-empty = ファイルが空です。
error-not-recognised = kenin が知っている署名の形式ではありません。

usage-directory = { $path } はフォルダです。中のファイルをすべて検証するには -r を付けてください。
usage-content-one-file = --content を使うときは、FILE を 1 つだけ指定してください。
usage-pretty-one-file = --pretty を使うときは、FILE を 1 つだけ指定してください。
usage-pretty-json = --pretty は --format json と一緒に指定してください。
usage-stdin-once = 「-」（標準入力）は 1 回だけ指定できます。
usage-stdin-twice = 標準入力を文書と --content の両方に使うことはできません。
usage-time = --time { $value } は RFC 3339 の時刻ではありません。例: 2026-11-22T00:00:00Z
usage-file = { $path }: { $reason }
usage-password-file = { $path } にパスワードがありません。
usage-evidence = { $path } は証明書、失効リスト、OCSP 応答（DER または PEM）のいずれでもありません。
usage-evidence-empty = { $path } に証明書、失効リスト、OCSP 応答、エビデンスレコードがありません。
usage-unknown-code = 「{ $code }」というコードはありません。
usage-unknown-code-near = 「{ $code }」というコードはありません。近いもの: { $near }
usage-output = { $path } に書き込めません: { $reason }
usage-save-facts-one-file = --save-facts で指定できる FILE は 1 つだけです。
usage-save-facts-exists = { $path } はすでにあります。読み取り結果は既存のファイルに上書きしません。別の --save-facts を指定してください。
usage-facts = { $path } は保存した読み取り結果（kenin verify --save-facts）として使えません: { $reason }
usage-facts-evidence = { $path } は書き換えられたか壊れています。{ $key } の証拠の SHA-256 は { $actual } です。
usage-facts-schema = { $path } の形式は { $found } です。この版の kenin は kenin-facts/1 を読みます。
usage-facts-document = { $path } は読み取り結果の元の文書ではありません。SHA-256 は { $actual } ですが、{ $expected } のはずです。
usage-output-is-input = { $path } は検証する文書です。レポートで上書きしないよう、別の --output を指定してください。
usage-output-exists = { $path } は既にあります。上書きするには --force を付けるか、別の --output を指定してください。
usage-oid = { $value } はオブジェクト識別子（例: 1.2.392.100495.1.5.1.1.3.1）ではありません。
usage-day = { $value } は日付（例: 2022-04-01）でも RFC 3339 の時刻でもありません。
usage-import-expect = --expect-sha256 がありません。照合せずに認証局を追加することはできません。ファイルの入手先とは別の経路（認証局のウェブサイト、官報、書面など）で公表されている SHA-256 の値を確認し、指定してください。
usage-import-digest = --expect-sha256 { $value } は SHA-256 の値（16進64桁。コロンと空白は可）ではありません。40桁の値は SHA-1 で、十分ではありません。
usage-import-mismatch = 拒否しました。何も書き込んでいません。{ $path } の SHA-256 は { $actual }、期待した値は { $expected } です。公表されたものと違うファイルか、別のものの値です。
usage-import-role = 誰のための認証局かを --as signer（署名者）または --as tsa（タイムスタンプ）で指定してください。
usage-import-archive-signer = ZIP はタイムスタンプ事業者のものとして読みます。署名者の認証局の証明書は 1 つずつ取り込んでください。
usage-import-archive-accredited = 総務省が公表している認定の開始日を指定してください（例: --accredited-from 2022-04-01）。
usage-import-accredited-signer = --accredited-from は --as tsa と一緒に指定してください。
usage-import-purpose-tsa = --purpose は --as signer と一緒に指定してください。
usage-import-archive-limit = { $path } は、証明書の ZIP としては大きすぎるか、展開すると大きくなりすぎます。何も書き込んでいません。
usage-import-archive-nothing = { $path } に、タイムスタンプ局やその認証局の証明書がありません。何も書き込んでいません。
usage-import-one-certificate = { $path } は 1 つの証明書（DER または PEM）でも ZIP でもありません。
usage-import-base = { $path } がありません。組み込みのプロファイルから始めるには --base jp-hpki を付けてください。
usage-import-append = { $path } の末尾に追加できません。何も書き込んでいません。
usage-import-different = { $path } には { $sha256 } について内容の異なる記載が既にあります。手で直してください。何も書き込んでいません。
policy-export-header =
    kenin のポリシーです。必要なところを変え、name（名前）も変えてください。
    レポートには判定に使ったポリシーの名前が載ります。使い方: kenin verify FILE --policy ./このファイル
policy-exported = 内容と名前を変えてから、次のように使ってください:
usage-inspect-unknown = { $path } は表示できるもの（証明書、失効リスト、OCSP 応答、CMS 署名、タイムスタンプ、PDF）ではありません。
usage-revision = { $path } に第 { $revision } 版はありません。全部で { $count } 版です。
usage-revision-not-pdf = { $path } は PDF ではありません。版があるのは PDF だけです。
extract-revision = 全 { $revisions } 版のうち第 { $revision } 版まで: ファイルの先頭から { $size } バイトです。
extract-signed = { $id } が対象とするバイトそのものです。
extract-unsigned = この版で終わる署名はありません。

## 解説

explain-finding = 気づいた点（finding）
explain-check = 検査
explain-sub-indication = 詳細区分（EN 319 102-1 の sub-indication）
explain-indication = 判定区分（EN 319 102-1 の indication）
explain-requirement = ガイドラインの要件
explain-reason = 要件の判定理由
explain-verdict = 総合判定
explain-grade = タイムスタンプの区分
explain-modification = 署名後の変更の種類
explain-meaning = 意味
explain-background = 解説
explain-next = 次にすること

## 要件（企画管理編 14）

requirement-14-1-1-1 = 電子署名法第2条第1項に定める電子署名であること
    .about = 企画管理編 14 遵守事項①(1)。署名が壊れておらず、文書を対象とし、署名者が分かることを確かめます。ローカル署名、リモート署名、立会人型のいずれも同じです。
requirement-14-1-1-2 = 医師等の国家資格を電子的に検証できること
    .about = 企画管理編 14 遵守事項①(2)。法令で医師等の国家資格を持つ者の作成が求められる文書の要件です。(a) HPKI 証明書、(b) 認定認証事業者等の証明書と資格の証明、(c) 公的個人認証と電子的な資格確認、のいずれかで示します。
requirement-14-1-2 = 署名を含む文書全体にタイムスタンプを付与すること
    .about = 企画管理編 14 遵守事項②。法定保存期間中、署名を検証し続けられるようにするためのものです。
requirement-14-1-2-1 = 認定事業者のタイムスタンプであること
    .about = 企画管理編 14 遵守事項②(1)。令和3年総務省告示第146号の認定を受けた事業者のもの。日本データ通信協会の認定事業者のものも当面の間使えます。認定の有無はタイムスタンプ自体には書かれていないため、信頼プロファイルで確認します。
requirement-14-1-2-2 = 法定保存期間中、タイムスタンプの有効性を継続できること
    .about = 企画管理編 14 遵守事項②(2)。手元の証拠でいつまで検証できるかを示します。期限までにタイムスタンプを追加すれば延長できます。
requirement-14-1-2-3 = タイムスタンプと長期保存に関する通知・標準等に従うこと
    .about = 企画管理編 14 遵守事項②(3)。文書から分かるのは使われた暗号アルゴリズムで、ポリシーの期限付きの表で判定します。
requirement-14-1-3 = タイムスタンプ付与時に署名者の証明書が有効であること
    .about = 企画管理編 14 遵守事項③。最初の認定タイムスタンプの時刻において、証明書が有効期間内で失効していないことを、十分に新しい失効情報で確かめます。
requirement-14-2 = 秘密鍵を認証局の証明書ポリシーに従って管理すること
    .about = 企画管理編 14②。組織の運用に関する要件であり、文書からは判定できません。

reason-signature-intact = 署名は壊れておらず、文書全体を対象とし、署名者が分かります。
reason-changed-after-signing = 署名後に、署名が許していない変更があります。
    .next = 署名されたときの文書を使ってください（kenin inspect --revision で取り出せます）。変更について発行元に確かめてください。
reason-signature-broken = 署名が成り立ちません。文書か署名が変更されています。
reason-signature-not-decided = 署名が成り立つかどうかを判定できませんでした。
reason-signer-not-identified = 誰が署名したかを確認できません。証明書がないか、信頼できる認証局につながりません。
    .next = 署名者の証明書を発行した認証局を確かめてください。組織として信頼する認証局であれば、信頼プロファイルに書いて --trust で指定してください。
reason-not-whole-document = 文書全体を対象とする署名がありません。
    .next = 署名後に追記がなかったか発行元に確かめ、最終版に署名してもらってください。
reason-licence-shown = HPKI 署名用ポリシーの証明書が国家資格を示しています。
reason-licence-missing = 正しい HPKI 証明書ですが、資格の記載がありません。
    .next = 資格を持つ方が、資格の記載がある HPKI カードで署名してください。
reason-licence-other = 証明書は国家資格を示していますが、ポリシーが求める資格ではありません。
    .next = ポリシー（required_roles）の選択が正しいか確かめるか、求められる資格を持つ方が署名してください。
reason-licence-unrecognised = 証明書に書かれた役割が資格表になく、国家資格かどうかを判定できません。
    .next = 証明書に書かれた役割の意味を、発行した認証局に確かめてください。
reason-manager-role-only = 証明書が示すのは病院長などの管理責任者であり、国家資格ではありません。
    .next = 資格を持つ方本人の HPKI カードで署名してください。
reason-test-certificate = HPKI のテスト用証明書です。資格を証明しません。
    .next = 本番の HPKI カードで署名し直してください。テスト用カードが使われた経緯も確かめてください。
reason-authentication-certificate = 署名用ではなく、HPKI の認証用（ログイン用）証明書で署名されています。
    .next = 同じ HPKI カードの署名用証明書で署名し直してください。署名ソフトの設定も確かめてください。
reason-path-not-found = 証明書が信頼プロファイルの認証局につながらないか、その用途の証明書ではないため、確認できません。
reason-licence-route-needs-external-proof = 署名者は (b) または (c) の方法で確認できますが、証明書に資格の記載がないため、文書の外での資格確認が必要です。
    .next = その認証局や公的な仕組みで資格を確認し、結果を文書と一緒に保存してください。
reason-licence-not-required = ポリシーは資格を求めていません。
reason-timestamp-shown = 有効なタイムスタンプが、署名を含む文書全体を対象としています。
reason-timestamp-missing = 文書と署名に対するタイムスタンプがありません。
    .next = 署名者の証明書がまだ有効なら、今すぐ認定タイムスタンプを付与してください。期限切れなら、この文書だけでは署名した時期を証明できません。
reason-timestamp-bad = タイムスタンプが成り立たず、時刻の証明になりません。
    .next = 正しいタイムスタンプのある文書を発行元に求めるか、署名とタイムスタンプをやり直してください。
reason-timestamp-not-decided = タイムスタンプが成り立つかどうかを判定できません。発行者を信頼できるか、失効していないかが確認できていません。
    .next = 時刻認証局の失効リストを --evidence で補うか、組織として信頼する時刻認証局であれば信頼プロファイルに加えてください。
reason-timestamp-not-required = ポリシーはタイムスタンプを求めていません。
reason-tsa-accredited = その時刻に業務が認定を受けていたことを、信頼プロファイルが示しています。
reason-tsa-not-accredited = その時刻に業務が認定を受けていなかったことを、信頼プロファイルが示しています。
    .next = 認定を受けた事業者のタイムスタンプを付与してください。
reason-tsa-accreditation-unknown = その時刻に業務が認定を受けていたかどうかが、信頼プロファイルからは分かりません。
    .next = 総務省が公表する認定業務の一覧で確かめ、認定の期間を信頼プロファイルに加えてください。
reason-retention-covered = 手元の証拠で、保存期間の終わりまで検証できます。
reason-retention-not-covered = 検証できる期間が保存期間に足りません。期限までにタイムスタンプの追加が必要です。
    .next = 表示された期限までに（アーカイブ）タイムスタンプを追加するよう計画してください。
reason-retention-unknown = いつまで検証できるかは分かりません。
reason-algorithms-acceptable = 暗号アルゴリズムはポリシーの範囲内です。
reason-algorithms-not-acceptable = ポリシーで認められないアルゴリズムか鍵が使われています。
    .next = そのアルゴリズムが安全だった時期に存在した証拠（古いアーカイブタイムスタンプなど）が必要です。
reason-certificate-good-at-timestamp = タイムスタンプが付与されたとき、証明書は有効期間内で、失効していませんでした。
reason-certificate-expired-at-timestamp = タイムスタンプが付与されたとき、証明書は有効期間外でした。
    .next = 有効な証明書で署名し直し、すぐにタイムスタンプを付与してください。
reason-certificate-revoked-at-timestamp = タイムスタンプが付与されたとき、証明書はすでに失効していました。
    .next = この署名を信用しないでください。有効なカードで署名し直すよう発行元に求めてください。
reason-certificate-status-unknown = その時点で証明書が失効していなかったかを判定できません。使える新しい失効情報がありません。
reason-invalidity-date-before-timestamp = 証明書は後で失効しましたが、タイムスタンプより前から鍵が信用できなかったと記録されています。
    .next = この署名を使う前に、認証局または署名者に事情を確かめてください。
reason-not-read-completely = 上限に達したため、文書の一部を読んでいません。残りの部分に要件を満たすものがあるかもしれません。
    .next = ライブラリで上限を上げて検証するか、文書の作成元に確かめてください。このような文書は通常ありません。
reason-organisational = 組織の運用によるもので、文書からは判定できません。

## 詳細区分（EN 319 102-1）

sub-format-failure = 署名が形式に合っていません。
    .about = 何が署名されたかを決める部分が壊れているか、欠けているか、矛盾しています。偽造した署名を検証ソフトに通そうとする手口でもあります。署名が許していない変更が署名後にある場合も含みます。
    .next = 発行元に元のファイルを求めてください。メールや変換を経たファイルなら、別の方法で受け取ってください。
    .stamp = タイムスタンプが形式に合っていません。
    .stamp-next = タイムスタンプを付与したシステムか発行元に、正しいタイムスタンプのあるものを求めてください。
sub-hash-failure = 署名後に内容が変更されています。
    .about = 内容のハッシュ値が署名されたものと異なります。少なくとも 1 バイトが変わっています。
    .next = この文書を信用しないでください。発行元に原本を求めて見比べてください。
    .stamp = タイムスタンプは別の内容に対するものです。
    .stamp-next = このタイムスタンプは証明に使えません。正しいタイムスタンプのある文書を発行元に求めてください。
sub-sig-crypto-failure = 署名値が署名者の鍵と一致しません。
    .about = 署名が壊れているか、この内容・この証明書のものではありません。
    .next = この文書を信用しないでください。発行元に原本を求めてください。
    .stamp = タイムスタンプの署名値が時刻認証局の鍵と一致しません。
    .stamp-next = このタイムスタンプは証明に使えません。正しいタイムスタンプのある文書を発行元に求めてください。
sub-revoked = 署名より前に証明書が失効していました。
    .about = 失効の後に署名されたことが証明されています。
    .next = この署名を信用しないでください。有効なカードでの署名を求めてください。
sub-expired = 証明書の有効期限が切れた後に署名されています。
    .about = 証明書が有効だった間に署名がなかったことが証明されています。
    .next = 有効な証明書で署名し直してもらってください。
sub-not-yet-valid = 証明書が有効になる前に署名されています。
    .about = 証明された時刻が、証明書の有効期間の開始より前です。
    .next = 署名したシステムの時計を確かめ、署名し直してもらってください。
sub-sig-constraints-failure = 署名がポリシーの条件を満たしていません。
    .about = 必要な署名属性がない場合や、署名後に許否の定めのない変更がある場合などです。どの条件かは検査に示します。
sub-chain-constraints-failure = この用途に使える種類の証明書ではありません。
    .about = 証明書のつながりは正しいものの、証明書ポリシーや鍵の用途が異なります。テスト用カードや認証用証明書が使われた場合などです。
    .next = どの証明書が使われたかを kenin inspect で確かめ、正しい証明書で署名し直してもらってください。
    .stamp = 時刻認証に使える種類の証明書ではありません。
    .stamp-next = 時刻認証局に確かめるか、正しいタイムスタンプを付与し直してください。
sub-certificate-chain-general-failure = 証明書のつながりが正しくありません。
    .about = 証明書の署名、名前、制約のいずれかが成り立ちません。
    .next = 本物の認証局の証明書か確かめ、--evidence で補ってください。
sub-crypto-constraints-failure = 使われたアルゴリズムか鍵を認められません。ポリシーの求める強さに足りないか、この版では検証できません。
    .next = 現在のアルゴリズム（RSA 2048 ビットと SHA-256 など）で署名し直してもらってください。
sub-policy-processing-error = 署名が指定する署名ポリシーを処理できませんでした。
    .next = どのポリシーのことか署名者に確かめてください。
sub-signature-policy-not-available = 署名が指定する署名ポリシーが手元にありません。
    .next = 署名者にポリシー文書を求めてください。
sub-timestamp-order-failure = 時刻の前後が矛盾しています。
    .about = 未来の時刻のタイムスタンプか、順序が逆のタイムスタンプがあります。
    .next = まずこのコンピュータの時計を確かめてください。正しければ、そのタイムスタンプは信用できません。
sub-no-signing-certificate-found = 署名者の証明書を特定できません。
    .about = 証明書がないか、署名に書かれた証明書の情報が手元のどの証明書とも一致しません。
    .next = 署名者の証明書を発行元から入手し、--evidence で指定してください。証明書があるのに一致しないなら、署名を信用しないでください。
sub-no-certificate-chain-found = 証明書が、信頼プロファイルの認証局につながりません。
    .about = 途中の証明書がないか、信頼プロファイルにない認証局です。ルート証明書が文書に入っていても、それだけでは信頼されません。
    .next = 発行元を確かめてください。組織として信頼するなら --trust で信頼プロファイルを、証明書が足りないなら --evidence で証明書を指定してください。
    .stamp = 信頼プロファイルの時刻認証局につながりません。
    .stamp-next = 組織として信頼する時刻認証局であれば、その証明書を信頼プロファイルに加えてください。
sub-no-certificate-chain-found-no-poe = 信頼する認証局の期限が過ぎており、署名がそれより古いことの証明がありません。
    .next = 認証局が有効だった時期のタイムスタンプや保存記録を探してください。
sub-revoked-no-poe = 証明書が失効しており、署名が失効より前であることの証明がありません。
    .about = 失効より前の有効なタイムスタンプがあれば決まります。
    .next = 失効より前の署名であることを示す別の記録がない限り、この署名を信用しないでください。
sub-revoked-ca-no-poe = 認証局の証明書が失効しており、署名がそれより前であることの証明がありません。
    .next = 何があったか、いつから信用できないかを認証局に確かめてください。
sub-out-of-bounds-not-revoked = 判定する時刻に証明書が有効期間外です（失効はしていません）。
    .next = 証明書が有効だった時期のタイムスタンプがなければ確認できません。そのような記録を探してください。
sub-out-of-bounds-no-poe = 証明書が有効期間外で、署名がそれより前であることの証明がありません。
    .about = いつ署名されたかが有効なタイムスタンプで証明されていないため、期限切れの後に署名された可能性があります。
    .next = タイムスタンプのある文書を探してください。今後は署名と同時にタイムスタンプを付与してください。
sub-revocation-out-of-bounds-no-poe = 失効情報を発行した証明書が有効期間外です。
    .next = 新しい失効情報を入手し、--evidence で指定してください。
sub-crypto-constraints-failure-no-poe = 認められなくなった暗号アルゴリズムで、それより前の存在証明がありません。
    .next = アルゴリズムが安全だった時期のアーカイブタイムスタンプを探してください。
sub-no-poe = その時点で存在したことの証明がありません。
    .next = その時期のタイムスタンプを探してください。
sub-try-later = 使える新しい失効情報がありません。
    .about = 証明書が失効していないかが分かりません。失効情報があっても、古い、対象が違う、または確認できない場合があります。
    .next = 証明書の発行元の失効リストを入手し、--evidence で指定してください。署名の直後なら、次の失効リストの発行を待って再検証してください。
    .stamp = 時刻認証局の証明書について、使える新しい失効情報がありません。
    .stamp-next = 時刻認証局の失効リストを入手し、--evidence で指定してください。
sub-signed-data-not-found = 署名の対象となる内容がありません。
    .about = 別のファイルに対する署名（分離署名）です。
    .next = 署名やタイムスタンプの対象のファイルを --content FILE で指定してください。
    .stamp = タイムスタンプの対象となる内容がありません。
    .stamp-next = 署名やタイムスタンプの対象のファイルを --content FILE で指定してください。

## 検査

check-format-checking = 署名の構造
    .passed = 構造は形式に合っています。
    .failed = 構造が形式に合っていません。
    .indeterminate = 構造を最後まで調べられませんでした。
    .about = EN 319 102-1 5.2.2。どのバイトが署名されたかを決めるものがすべてそろい、あいまいでないことを確かめます。
check-signing-certificate-identification = 署名者の証明書の特定
    .passed = 署名者の証明書を特定しました。
    .failed = 署名に書かれた証明書の情報が、手元のどの証明書とも一致しません。
    .indeterminate = 署名者の証明書を特定できません。
    .about = EN 319 102-1 5.2.3。証明書をすり替えられないよう、署名自体がハッシュ値で証明書を指しています。
check-x509-certificate-validation = 証明書
    .passed = 証明書は信頼できる認証局まで正しくつながっています。
    .failed = 証明書が正しくありません。
    .indeterminate = 証明書が正しいかどうかを判定できませんでした。
    .about = EN 319 102-1 5.2.6。証明書のつながり、有効期間、失効、用途を確かめます。
check-certification-path = 信頼できる認証局へのつながり
    .passed = 証明書は信頼できる認証局につながります。
    .failed = 証明書が信頼できる認証局につながりません。
    .indeterminate = 信頼できる認証局へのつながりが見つかりません。
    .indeterminate-detail = { $reason ->
            [issuer-not-found] 発行者の証明書がありません: { $issuer }
            [anchor-sunset] 信頼プロファイルがこの認証局を信頼するのは { $not_after } までです: { $issuer }
            [untrusted-root] ルート認証局が信頼プロファイルにありません: { $issuer }
            [not-signed-by] 証明書の署名が発行者の鍵と一致しません: { $issuer }
           *[other] 信頼できる認証局へのつながりが見つかりません（{ $reason }）: { $issuer }
        }
    .about = その用途のために信頼プロファイルに登録された認証局で終わる必要があります。署名者用とタイムスタンプ用は別です。
check-alternative-path = ほかのつながり
    .passed = ほかのつながりも成り立ちます。
    .failed = ほかのつながりは成り立ちません。
    .indeterminate = ほかのつながりは判定できません。
    .info = ほかのつながりも調べましたが、採りませんでした。
    .info-detail = { $reason ->
            [not-chosen] 証明書 { $length } 枚の別のつながり（{ $last } まで）もありますが、よりよいものではありません。
            [issuer-not-found] 証明書 { $length } 枚の別のつながりは、{ $last } の発行者がなく、そこで終わります。
            [untrusted-root] 証明書 { $length } 枚の別のつながりは { $last } で終わり、信頼プロファイルにありません。
            [not-signed-by] { $last } は、発行者と同じ名前の別の認証局が署名したものではありません。
           *[other] 証明書 { $length } 枚の別のつながり（{ $last } まで）は成り立ちません（{ $reason }）。
        }
    .about = 信頼できる認証局への、調べたが採らなかったつながりと、その理由です。
check-path-validation = つながりの正しさ
    .passed = つながりのすべての証明書が規則に合っています。
    .failed = つながりが RFC 5280 の規則に反しています。
    .failed-detail = { $reason ->
            [explicit-policy] 証明書ポリシーが、信頼プロファイルの求めるもの（署名用など）ではありません。
            [certificate-signature-broken] 証明書の署名が発行者の鍵と一致しません。
            [not-a-ca] 発行者が認証局ではありません。
            [name-constraints] 認証局に許された名前の範囲にありません。
           *[other] つながりが RFC 5280 の規則に合いません（{ $reason }）。
        }
    .indeterminate = つながりが正しいかどうかを判定できませんでした。
    .indeterminate-detail = { $reason ->
            [explicit-policy] 証明書ポリシーが、信頼プロファイルの求めるもの（署名用など）ではありません。
            [certificate-signature-broken] 証明書の署名が発行者の鍵と一致しません。
            [not-a-ca] 発行者が認証局ではありません。
            [name-constraints] 認証局に許された名前の範囲にありません。
           *[other] つながりが RFC 5280 の規則に合いません（{ $reason }）。
        }
    .about = RFC 5280 6.1。署名、名前、制約、証明書ポリシーを確かめます。
check-key-usage = 鍵の用途
    .passed = 証明書の鍵はこの用途のものです。
    .failed = 証明書の鍵はこの用途のものではありません。
    .indeterminate = 鍵の用途を判定できませんでした。
    .about = HPKI の署名用証明書の鍵用途は否認防止（nonRepudiation）、タイムスタンプの証明書は時刻認証専用です。
check-extended-key-usage = 証明書の用途
    .passed = 証明書は文書への署名に使えます。
    .failed = 証明書の用途に文書への署名が含まれていません。
    .indeterminate = 証明書を文書への署名に使えるかどうかを判定できませんでした。
    .about = RFC 5280 4.2.1.12。ウェブサーバーやタイムスタンプなどの専用証明書では、文書に署名できません。
check-certificate-validity = 有効期間
    .passed = 証明書は有効期間内です。
    .failed = 証明書が有効期間外です。
    .failed-detail = { $time } の時点で証明書が有効期間外です。有効期間は { $not_before } から { $not_after } まで（{ $subject }）。
    .indeterminate = 判定する時刻に証明書が有効期間外です。
    .indeterminate-detail = { $time } の時点で証明書が有効期間外です。有効期間は { $not_before } から { $not_after } まで（{ $subject }）。
    .about = タイムスタンプが証明する時刻、それがなければ検証した時刻で判定します。
check-revocation-status = 失効の有無
    .passed = 証明書は失効していません。
    .failed = 証明書は失効しています。
    .failed-detail = 証明書は { $date } に失効しています（{ $subject }）。
    .indeterminate = 証明書が失効していないかを判定できませんでした。
    .indeterminate-detail = { $status ->
            [on-hold] 証明書は一時停止中です（{ $subject }）。
           *[other] 証明書が失効していないかを判定できません。使える新しい失効情報がありません（{ $subject }）。
        }
    .about = 署名と対象範囲が証明書に合う失効リスト（CRL）と OCSP 応答で確かめます。
check-revocation-freshness = 失効情報の新しさ
    .passed = 失効情報は十分に新しいものです。
    .failed = 失効情報が古すぎます。
    .indeterminate = 判定する時刻に対して失効情報が古すぎます。
    .about = EN 319 102-1 5.2.5。失効情報をどこまで古くてよいとするかはポリシーが定めます。
check-chain-algorithms = 証明書の暗号アルゴリズム
    .passed = 証明書の暗号アルゴリズムは認められています。
    .failed = 証明書に認められない暗号アルゴリズムがあります。
    .indeterminate = 判定する時刻に認められない暗号アルゴリズムが証明書にあります。
    .about = ポリシーの期限付きのアルゴリズム表で判定します。
check-cryptographic-verification = 暗号による照合
    .passed = 内容と署名は一致しています。
    .failed = 内容と署名が一致しません。
    .indeterminate = 内容と署名を照合できませんでした。
    .about = EN 319 102-1 5.2.7。内容のハッシュ値と署名値を計算し直して照合します。
check-signed-data-digest = 内容のハッシュ値
    .passed = 署名された内容に変更はありません。
    .failed = 署名された内容が変更されています。
    .indeterminate = 署名の対象がないか、ハッシュ値を計算できません。
    .about = 1 バイトでも変わるとハッシュ値が変わります。
check-signature-value = 署名値
    .passed = 署名値は署名者の鍵と一致します。
    .failed = 署名値が署名者の鍵と一致しません。
    .indeterminate = 署名値を確かめられませんでした。
    .about = 秘密鍵の持ち主が署名したことを示します。
check-signature-acceptance = 属性とアルゴリズム
    .passed = 署名の属性とアルゴリズムは認められています。
    .failed = 署名の属性またはアルゴリズムが認められません。
    .indeterminate = 署名の属性またはアルゴリズムがポリシーを満たしません。
    .about = EN 319 102-1 5.2.8。
check-signature-algorithms = 署名の暗号アルゴリズム
    .passed = 署名の暗号アルゴリズムは認められています。
    .failed = 署名に認められない暗号アルゴリズムがあります。
    .indeterminate = 判定する時刻に認められない暗号アルゴリズムが署名にあります。
    .warning = 署名の暗号アルゴリズムは現在認められていますが、利用期限が予告されています。
    .about = ポリシーの期限付きのアルゴリズム表で判定します。
check-signed-attributes = 署名属性
    .passed = ポリシーが求める署名属性があります。
    .failed = ポリシーが求める署名属性がありません。
    .indeterminate = ポリシーが求める署名属性がありません。
    .about = 署名者の証明書を指す属性が、証明書のすり替えを防ぎます。
    .next = 署名ソフトの提供元に、CAdES または PAdES 形式の署名を求めてください。了解済みの形式なら、独自のポリシーで認めることもできます。
check-modification = 署名後の個々の変更
    .passed = 許された変更です。
    .failed = 署名が許していない変更です。
    .failed-detail = { $rule }: 署名が許していない変更です。
    .indeterminate = 署名に許否の定めのない変更です。
    .indeterminate-detail = { $rule }: 署名に許否の定めのない変更です。
    .warning = 認められる変更で、表示に現れます。
    .warning-detail = { $rule }: 認められる変更で、表示に現れます。
    .about = 後のリビジョンによる変更を一つずつ、署名が許す範囲（DocMDP・FieldMDP・ロック）とポリシーに照らします。
check-later-revisions-check = 署名後の変更
    .passed = 署名後に加えられたのは、署名が許すものだけです。
    .failed = 署名された版の後に、許されないものが加えられています。
    .indeterminate = 署名後に、許否の定めのない変更か、内容を確定できない変更があります。
    .warning = 署名後に、許された変更があり、表示に現れます。
    .about = PDF は署名されたバイトに触れずに追記できます。追記によって表示される内容が変わることがあります。
    .next = 表示される文書を署名された版と見比べるか、署名されたときの文書を発行元に求めてください。
check-message-imprint = タイムスタンプの対象
    .passed = タイムスタンプはこの内容に対するものです。
    .failed = タイムスタンプは別の内容に対するものです。
    .indeterminate = タイムスタンプの対象がありません。
    .about = RFC 3161。タイムスタンプは対象のハッシュ値を含んでいます。
check-timestamp-validation = タイムスタンプ
    .passed = タイムスタンプは成り立ちます。
    .failed = タイムスタンプが成り立ちません。
    .indeterminate = タイムスタンプが成り立つかどうかを判定できませんでした。
    .about = EN 319 102-1 5.4。タイムスタンプの対象、署名、証明書を確かめます。
check-timestamp-gen-time = タイムスタンプの時刻
    .passed = タイムスタンプの時刻に矛盾はありません。
    .failed = タイムスタンプの時刻がありえません。
    .indeterminate = タイムスタンプの時刻が未来か、その証明書の有効期間外です。
    .indeterminate-detail = タイムスタンプの時刻 { $gen_time } が未来か、その証明書の有効期間外です。
    .about = 検証した時刻と、タイムスタンプの証明書の有効期間に照らします。
check-tsa-extended-key-usage = タイムスタンプの証明書の用途
    .passed = タイムスタンプの証明書は時刻認証専用です。
    .failed = タイムスタンプの証明書が時刻認証専用ではありません。
    .indeterminate = タイムスタンプの証明書が時刻認証専用ではありません。
    .warning = タイムスタンプの証明書は時刻認証用ですが、必須（critical）の指定がありません。
    .about = RFC 3161 2.3。
check-best-signature-time = 判定に使う時刻
    .passed = いつまでに署名されたかをタイムスタンプが証明しています。
    .passed-detail = { $proven ->
            [true] { $time } までに署名されていたものとして判定しました。
           *[other] 署名の時刻の証明がないため、検証した時刻で判定しました。
        }
    .failed = いつ署名されたかを証明するタイムスタンプがありません。
    .indeterminate = いつ署名されたかを証明するタイムスタンプがありません。
    .info = 証明された時刻を使わず、検証した時刻で判定しました。
    .info-detail = { $proven ->
            [true] { $time } までに署名されていたものとして判定しました。
           *[other] 署名の時刻の証明がないため、検証した時刻で判定しました。
        }
    .about = EN 319 102-1 5.5。署名に対する有効なタイムスタンプのうち最も早い時刻です。署名者が申告した時刻は信用しません。
check-status-at-best-signature-time = 証明された時刻での証明書
    .passed = 証明された時刻に証明書は有効でした。
    .failed = 証明された時刻に有効でない証明書があります。
    .indeterminate = 証明された時刻に証明書が有効だったかを判定できませんでした。
    .about = EN 319 102-1 5.5。タイムスタンプが証明する時刻での有効期間と失効を確かめます。
check-past-signature-validation = 過去の時点での検証
    .passed = 証明書とアルゴリズムを信頼できた時点で有効であり、その時点で存在していました。
    .failed = 証明書が有効でない時点に作られたことが証明されています。
    .indeterminate = 証明書とアルゴリズムを信頼できた時点で存在したことを証明するものがありません。
    .about = EN 319 102-1 5.6.2.4。検証時点ではもう検証できなくても、署名・証明書・失効情報を覆う後のタイムスタンプが、信頼できた時点での存在を証明すれば有効といえます。
check-validation-time-sliding = 証明書を信頼できる最後の時点
    .passed = 証明書を信頼できる最後の時点までに存在していました。
    .failed = 証明書を信頼できる最後の時点までに存在していませんでした。
    .indeterminate = 証明書を信頼できる最後の時点までに存在したことを証明するものがありません。
    .about = EN 319 102-1 5.6.2.2。トラストアンカーから順に、十分古いと証明された失効情報が各証明書に必要です。失効情報が古い、証明書が失効した、アルゴリズムの利用が終わった場合、信頼できる最後の時点はさかのぼります。
check-evidence-record-validation = エビデンスレコード
    .passed = エビデンスレコードは有効です。すべてのアーカイブタイムスタンプが成立し、期限内に更新されています。
    .failed = エビデンスレコードは成立しません。
    .indeterminate = エビデンスレコードを信頼できるか判定できません。
    .about = RFC 4998 5.3。最初のアーカイブタイムスタンプはデータを、以後のものはそれ以前のものを覆います。全体として、最初の時刻にデータが存在したことを証明します。
check-evidence-record-order = アーカイブタイムスタンプの順序
    .passed = 各アーカイブタイムスタンプは、更新元より後の時刻です。
    .failed = 更新元より前の時刻のアーカイブタイムスタンプがあります。
    .indeterminate = 更新元より前の時刻のアーカイブタイムスタンプがあります。
    .about = RFC 4998 5.3。エビデンスレコードのアーカイブタイムスタンプは、精度の合計を超えない範囲で時刻順に並びます。
check-timestamp-coherence = タイムスタンプの順序
    .passed = タイムスタンプの順序に矛盾はありません。
    .failed = タイムスタンプの順序が矛盾しています。
    .indeterminate = タイムスタンプの順序が矛盾しています。
    .about = EN 319 102-1 5.5。後の段階の時刻が、精度の合計を超えて前の段階より早くなることはありません。

## 気づいた点

finding-limit-exceeded = 処理の上限に達したため、その先は検査していません。
    .detail = 処理の上限（{ $resource }、{ $limit }）に達したため、その先は検査していません。
    .next = 極端に大きい文書か、読み取りを妨げるように作られた文書です。取り扱いに注意してください。
finding-unsupported-format = 形式は分かりますが、kenin はまだこの形式を検証できません。
    .next = この形式に対応した検証ツールを使ってください。
finding-encrypted-needs-password = 文書は暗号化されており、指定されたパスワードでは開けません。
    .next = --password-file でパスワードを指定してください。
finding-truncated = 文書が途中で切れています。
    .next = 完全なファイルを入手してください。
finding-content-missing = 別のファイルに対する署名またはタイムスタンプですが、そのファイルが指定されていません。
    .next = 署名やタイムスタンプの対象のファイルを --content FILE で指定してください。

finding-from-stored-facts = 以前に保存した読み取り結果を判定しました。
    .detail = 以前に保存した読み取り結果を判定しました。元の文書の SHA-256 は { $sha256 } です。
finding-stored-facts-unchecked = 読み取り結果を元の文書と照合していません。読み取り結果のファイルは保護されていません。書き換えられる人がいれば、判定も変えられます。
    .next = 元の文書も指定してください（--document）。保存してから自分以外に書き換えられる人がいなかったときは --trust-facts を指定します。
finding-stored-facts-differ = 元の文書を読み取り直した結果が、保存したものと違います。読み取り直したほうを判定しました。保存したものが書き換えられたか、別の版の kenin や、別の対象ファイル・パスワードで保存されています。
    .next = 文書そのものを検証し（kenin verify）、読み取り結果を保存し直してください（--save-facts）。
finding-ber-encoding = DER が普通の箇所に BER 符号化が使われています。内容に影響はありません。
finding-non-minimal-encoding = 長さや数値が必要以上のバイト数で符号化されています。
finding-trailing-bytes = 構造の終わりの後に余分なバイトがあります。
finding-malformed = 解読できない構造があります。
finding-cms-not-signed-data = この CMS は署名（SignedData）ではありません。
finding-no-signer-info = 署名の構造に署名者がありません。
finding-several-signer-infos = 形式上 1 人であるべき署名者が複数あります。
finding-digest-algorithms-missing = ハッシュアルゴリズムの一覧に、署名者が使ったものがありません。
finding-content-and-external-content = 署名の中に内容があるのに、別の内容も指定されました。
    .next = 内容を含む署名では --content を指定しないでください。
finding-attribute-certificate-present = 属性証明書があります。保存しますが、判定には使いません。
finding-other-certificate-skipped = 種類の分からない証明書を読み飛ばしました。
finding-other-revocation-skipped = 種類の分からない失効情報を読み飛ばしました。

finding-signed-attributes-missing = 署名属性がありません。
    .next = 署名ソフトの提供元に、CAdES または PAdES 形式の署名を求めてください。了解済みの形式なら、独自のポリシーで認めることもできます。
finding-signed-attributes-confusion = 署名された内容が、別の署名の署名属性の形をしています。署名が本来と違う目的に流用されたおそれがあります。
    .next = 偽造の可能性があるものとして扱い、署名者に確かめてください。
finding-signed-attributes-unsorted = 署名属性が DER の順ではありません。受け取った順のままで署名は一致します。
finding-signed-attributes-resorted = 署名属性を DER の順に並べ替えたときだけ署名が一致します。
finding-attribute-duplicated = 1 つだけのはずの属性が複数あります。
finding-attribute-value-count = 値が 1 つのはずの属性に、値がないか複数あります。
finding-attribute-malformed = 属性の値の型が違うか、解読できません。
finding-signer-claim-malformed = 署名者が表明した約束または役割を解読できません。表示しません。
finding-message-digest-missing = 内容のハッシュ値を示す属性がありません。
finding-content-type-missing = 内容の種類を示す属性がありません。
finding-content-type-mismatch = 内容の種類が、署名されたものと異なります。
finding-algorithm-protection-mismatch = 保護されたアルゴリズムの指定が、実際に使われたものと異なります。
finding-algorithm-mismatch = ハッシュアルゴリズムと署名アルゴリズムが矛盾しています。
finding-unknown-digest-algorithm = 知らないハッシュアルゴリズムです。
finding-unknown-signature-algorithm = 署名アルゴリズムを検証できません。知らないものか、対応していないパラメータです。
    .detail = 署名アルゴリズム { $algorithm } を検証できません。知らないものか、対応していないパラメータです。
    .next = 署名そのものの良し悪しではありません。このアルゴリズムに対応した版を使ってください。

finding-signing-certificate-attribute-missing = 証明書を指す署名属性がありません。同じ鍵の別の証明書にすり替えられるおそれがあります。
    .next = 署名ソフトの提供元に、CAdES または PAdES 形式の署名を求めてください。了解済みの形式なら、独自のポリシーで認めることもできます。
finding-signing-certificate-mismatch = 署名が指す証明書が手元のどれとも一致しないか、署名の別の箇所が指すものと異なります。
    .next = 誰が署名したかを信用せず、署名者に確かめてください。
finding-signing-certificate-not-first = 一致する証明書が、証明書を指す属性の 2 番目以降にだけ書かれています。
finding-signing-certificate-issuer-serial-mismatch = 証明書を指す属性の発行者・番号が、ハッシュ値の一致する証明書と異なります。
finding-signing-certificate-v1 = 証明書を SHA-1 のハッシュ値（ESSCertID 第1版）で指しています。タイムスタンプでは今も一般的です。
finding-several-certificates-with-one-key = 署名者の公開鍵を持つ証明書が複数あります。署名が指す証明書だけを使います。
finding-signature-policy-store-mismatch = 署名に添えられた署名ポリシー文書は、署名時に指定されたものではありません。署名自体には影響しません。
    .next = この文書は使わず、署名ポリシーの発行元から入手してください。
finding-signing-time-present = PAdES では認められない署名時刻属性があります。
finding-signing-time-missing = CAdES が求める署名時刻属性がありません。

finding-token-content-type = トークンの中身がタイムスタンプ情報ではありません。
finding-tst-info-malformed = タイムスタンプ情報を解読できません。
finding-tst-info-version = タイムスタンプ情報の版が分かりません。
finding-tst-info-critical-extension = タイムスタンプに、理解できない必須の拡張があります。
finding-tst-info-serial-length = タイムスタンプの通し番号が長すぎます。
finding-gen-time-not-der = 時刻の書き方が通常と異なりますが、有効です。
finding-imprint-algorithm-unknown = タイムスタンプのハッシュアルゴリズムが分かりません。
finding-imprint-length = タイムスタンプのハッシュ値の長さが、アルゴリズムに合いません。
finding-timestamp-rejected = 時刻認証局はタイムスタンプの発行を拒否しています。このトークンは数えません。
finding-tsa-name-mismatch = タイムスタンプに書かれた時刻認証局の名前が、証明書と異なります。
finding-eku-not-critical = タイムスタンプの証明書の用途に、必須（critical）の指定がありません。
finding-timestamp-in-future = タイムスタンプの時刻が未来です。
    .next = このコンピュータの時計を確かめてください。

finding-byte-range-malformed = 署名されたバイトの範囲がないか、正しくありません。
finding-byte-range-gap = 署名の対象から除かれた範囲が、署名値の場所とちょうど一致しません。何かを隠せるおそれがあります。
finding-byte-range-beyond-end = 署名されたバイトの範囲がファイルの終わりを越えています。
finding-contents-malformed = PDF の中の署名値がないか、空か、正しくありません。
finding-contents-trailing-data = 署名値の後に、ゼロ以外のバイトがあります。
finding-byte-range-object-mismatch = 文書のどの署名にも属さない署名データがファイルにあります。
finding-signature-dictionary-replaced = 署名の辞書が後の版で置き換えられています。署名された版のもので判定します。
finding-signature-reused = 2 つの署名フィールドが 1 つの署名を共有しています。
finding-sub-filter-unsupported = この種類の署名（SubFilter）には対応していません。
    .detail = この種類の署名（SubFilter { $sub_filter }）には対応していません。
finding-later-revisions = 署名後に追加されたのは、署名を保存するための情報かタイムスタンプだけです。
finding-later-revisions-analysed = 署名後に文書が追記されています。変更はすべて一覧にあります。
    .about = この署名の後に、別の署名、フォームの入力、注釈などが PDF に追記されています。kenin は署名された版とオブジェクトごとに比べ、変更をすべて挙げます。
finding-later-revisions-doubtful = 署名後の追記に、閲覧ソフトによって一覧以外のものが見えるおそれがあります。
    .next = 表示される文書を署名された版と見比べるか、署名されたときの文書を発行元に求めてください。
finding-later-revisions-not-analysed = 署名後に変更があり、何が変わったか確かめられません。
    .next = 表示される文書を署名された版と見比べるか、署名されたときの文書を発行元に求めてください。
finding-modification-forbidden = 署名後に、署名が許していない変更があります。
    .detail = 署名後の変更: { $rule }（オブジェクト { $object }、第 { $revision } 版）。署名はこの変更を許していません。
    .about = 署名が守るのはその版です。後の版に許されるのは、署名の認証（DocMDP）やロック（FieldMDP、SigFieldLock）が認める変更だけで、認証がなければフォームの入力と追加の署名までです。それを超える変更があれば、署名されたものとは別の文書です。
    .next = 署名されたときの文書を使ってください（kenin inspect --revision で取り出せます）。変更について発行元に確かめてください。
finding-modification-unclear = 署名後に、許否の定めのない変更があります。
    .detail = 署名後の変更: { $rule }（オブジェクト { $object }、第 { $revision } 版）。署名にはこの変更の許否の定めがありません。
    .about = 認証されていない文書への注釈（メモ、マーカー、スタンプ）です。よいともいけないとも、誰も定めていません。示された内容は署名者のものではありません。
    .next = 変更箇所を確かめ、署名されたときの文書（kenin inspect --revision で取り出せます）と見比べてください。
finding-modification-noticed = 署名後に、許された変更があり、表示に現れます。
    .detail = 署名後の変更: { $rule }（オブジェクト { $object }、第 { $revision } 版）。認められる変更です。
    .about = 署名とポリシーが認める範囲の変更ですが、表示に現れ、誤解を招くおそれがあります。注釈や、本文の文字に重なるものなどです。
    .next = 文書のその場所を確かめてください。示された内容は署名者のものではありません。
finding-certification-not-first = 署名された後に文書が認証（証明用署名）されています。認証は他の署名より前に行うものです。
    .about = ISO 32000 は、認証を最初の署名としてのみ認めています。後からの認証による制限を守るかどうかは閲覧ソフトによって違います。kenin は守らせます。
    .next = 後から認証した理由を発行元に確かめてください。
finding-prepared-content = 署名された文書に、表示されていない内容があります。後の変更で表示されるおそれがあります。
    .detail =
        { $kind ->
            [catalog] 署名された文書に、使われていない別の文書目録があります。後の変更で別のページが表示されるおそれがあります。
            [page-tree] 署名された文書に、使われていない別のページ構成があります。後の変更で別のページが表示されるおそれがあります。
            [page] 署名された文書に、表示されていないページがあります。後の変更で表示されるおそれがあります。
            [image] 署名された文書に、表示されていない画像があります。後の変更で表示されるおそれがあります。
            [font] 署名された文書に、使われていないフォントがあります。後の変更で文字が別のものに見えるおそれがあります。
           *[content] 署名された文書に、表示されていない内容があります。後の変更で表示されるおそれがあります。
        }
    .about = 署名用の文書を作る人は、別の内容を隠しておき、署名後にわずかな変更で差し替えることができます（シャドウ攻撃）。意図せず不要な内容を残すソフトも多くあります。後の変更で表示されれば、その変更を一覧に示します。
    .next = 信頼できない相手が作った文書なら、隠れた内容のないものを求めてから使ってください。
finding-appearance-differs = フォームの入力欄の表示が、その値と違います。
    .detail = { $page } ページの入力欄「{ $field }」の表示が、その値と違います。
    .about = 入力欄がページに示す表示と、ソフトが読み取る値は別々に保存されます。違っていれば、署名者が見たものと処理されるものが違うおそれがあります。
    .next = ページの表示と入力欄の値を見比べてください。
finding-field-over-text = 後から変更できる入力欄か注釈が、本文の文字に重なっています。
    .detail = 後から変更できる入力欄「{ $field }」が、{ $page } ページの文字に重なっています。
    .about = 署名後に入力すると、署名が許す範囲で、ページの文字を隠したり置き換えたりできます。
    .next = ページのその場所と、署名後の変更を確かめてください。
finding-duplicate-key = 署名に関わる部分に同じ項目が重複しています。閲覧ソフトによって解釈が違います。
    .about = PDF の辞書の項目は一つずつです。二つあると、ソフトによって別の文書に見えるおそれがあります。
    .next = 発行元に原本を求めてください。
finding-trailing-junk = PDF の終わりの後に余分なバイトがあります。
    .about = 最後の終端の印の後には空白だけが許されます。その後にあるものはどの署名にも保護されず、読み取るソフトもあります。
    .next = 署名されたときの文書を使ってください（kenin inspect --revision で取り出せます）。変更について発行元に確かめてください。
finding-header-offset = PDF がファイルの先頭から始まっていません。
finding-parser-differential = 閲覧ソフトによって違う内容に見えるおそれがあります。
    .detail =
        { $reaches ->
            [page] 相互参照表にないオブジェクトがファイルにあり、閲覧ソフトによってはページに表示されます。
            [signature] 相互参照表にないオブジェクトがファイルにあり、閲覧ソフトによっては入力欄や署名として扱われます。
            [document] 相互参照表にないオブジェクトがファイルにあり、閲覧ソフトによっては文書の一部として扱われます。
            [covered] 相互参照表にないオブジェクトがファイルにありますが、署名されたときからあったものです。
           *[nothing] 相互参照表にないオブジェクトがファイルにありますが、文書のどこからも使われません。
        }
    .next = 一つの閲覧ソフトの表示だけを信用せず、発行元に原本を求めてください。
finding-xref-repaired = PDF の相互参照表が壊れており、別の方法で読み取りました。
finding-public-key-encryption = 文書は特定の証明書の持ち主だけが開けるように暗号化されていて、開けませんでした。
    .next = 開ける人に、署名された部分を変えずに暗号化を解いてもらうか、開ける環境で検証してください。
finding-encryption-mac = 文書には暗号化の完全性コード（ISO/TS 32004）があります。この判定には用いていません。
finding-pades-cert-entry = 署名辞書に、PAdES が禁じる証明書の項目（/Cert）があります。
finding-pades-date-missing = 署名辞書に、PAdES が求める日時（/M）がありません。
finding-vri-key-mismatch = 検証情報の見出しがどの署名とも一致しませんが、検証情報は使いました。
finding-certification-signature = 文書を証明し、その後の変更を制限する署名です。
    .detail = 文書を証明し、その後の変更を制限する署名です（DocMDP レベル { $level }）。

finding-certificate-malformed = 解読できない証明書があります。
finding-crl-malformed = 解読できない失効リストがあります。
finding-ocsp-malformed = 解読できない OCSP 応答があります。
finding-authentication-certificate = 署名用ではなく、HPKI の認証用（ログイン用）証明書で署名されています。
    .next = 同じ HPKI カードの署名用証明書で署名し直してください。署名ソフトの設定も確かめてください。
finding-test-certificate = HPKI のテスト用証明書です。資格を証明しません。
    .next = 本番の HPKI カードで署名し直してください。テスト用カードが使われた経緯も確かめてください。
finding-evidence-not-covered = 証明書と失効情報はありますが、それ自体はタイムスタンプで守られていません。
    .next = 長期保存のために、証明書が有効なうちに文書タイムスタンプかアーカイブタイムスタンプを追加してください。
finding-archive-timestamp-without-tag = アーカイブタイムスタンプが、旧版の規定どおり非署名属性のタグと長さを含めずに計算されています。受け入れます。
finding-ats-hash-index-missing = アーカイブタイムスタンプに、保護対象の索引がありません。
finding-ats-hash-index-malformed = アーカイブタイムスタンプの保護対象の索引を解読できません。
finding-ats-hash-index-algorithm = アーカイブタイムスタンプの索引のハッシュアルゴリズムが、タイムスタンプのものと違います。
finding-ats-hash-index-unmatched = アーカイブタイムスタンプが保護したものが、署名から失われています。
    .detail = アーカイブタイムスタンプが保護した { $hashes } 件が、署名から失われています。
finding-ats-hash-index-partial = アーカイブタイムスタンプに保護されていない証明書または失効情報があります。
    .detail = アーカイブタイムスタンプに保護されていない証明書または失効情報が { $elements } 件あります。
finding-references-malformed = 証明書または失効情報への参照を解読できません。
finding-evidence-record-algorithm = アーカイブタイムスタンプのハッシュアルゴリズムが、その連鎖のものと違います。
finding-evidence-record-sorted-renewal = ハッシュ木の更新で、データとそれ以前の連鎖のハッシュ値が、正誤表の読み方のとおり昇順で結合されています。
finding-algorithm-horizon = 現在認められている暗号アルゴリズムですが、利用期限が予告されています。
    .detail = { $algorithm } は現在認められていますが、{ $horizon } までの利用期限が予告されています。
finding-revoked-after-signing = 証明書は、証明された署名の時刻より後に失効しました。署名は有効です。
    .detail = 証明書は { $date } に失効しましたが、証明された署名の時刻より後なので、署名は有効です。
finding-invalidity-date-before-signing = 証明された署名の時刻より前から鍵が信用できなかったと、失効情報に記録されています。
    .next = この署名を使う前に、認証局または署名者に事情を確かめてください。
finding-tsa-revoked-accepted-rfc3161 = タイムスタンプの証明書は後で失効しましたが、それ以前のタイムスタンプには影響しない理由によるものです。
finding-personal-data-redacted = 公的個人認証の証明書の個人情報は表示していません。

## 信頼プロファイルの一覧

trust-signers = 署名者の認証局
trust-tsas = 時刻認証局
trust-purpose-hpki = HPKI（証明書の中に国家資格）
trust-purpose-accredited-ca = 認定認証事業者等
trust-purpose-jpki = 公的個人認証（JPKI）
trust-purpose-other = その他（本人確認のみ）
trust-policy = ポリシー
trust-key-purpose = 鍵の用途
trust-explicit-policy = 経路全体で上記ポリシーのいずれかが有効であること
trust-no-explicit-policy = 経路に上記ポリシーを求めません
trust-inhibit-policy-mapping = ポリシーの読み替えを認めません
trust-inhibit-any-policy = anyPolicy を認めません
trust-not-after = { $time } まで信頼
trust-no-pin = 証明書が未登録のため、どのタイムスタンプとも照合しません
trust-not-accredited = 認定を受けていないことが分かっています
trust-accreditation-unknown = 認定の期間は登録されていません
trust-accredited-since = { $from } から認定（{ $scheme }）
trust-accredited-until = { $from } から { $to } まで認定（{ $scheme }）
trust-known-seen = （実物で確認）
trust-known-second = （二次情報による）
import-archive = ZIP の内容
import-file = ファイル
import-skipped = 対象外
import-added = 追加: { $name }
import-already = 登録済み: { $name }
import-warning = 注意
import-written = { $path } に書きました
import-unchanged = { $path } は変更していません
import-use = 使い方:
import-comment =
    { $holder }
    有効期間 { $from } から { $to } まで。{ $day } に { $path } から取り込み、公表された SHA-256 と照合済み
import-derived =
    プロファイル { $name }（SHA-256 { $sha256 }）から作成。
import-warns-expired = 証明書は期限切れです。有効期間中の署名やタイムスタンプについてのみ意味を持ちます。
import-warns-not-yet-valid = 証明書はまだ有効期間前です。
import-warns-key-usage = この認証局の鍵の用途では証明書を発行できません（keyCertSign がありません）。
import-warns-not-ca = 認証局の証明書ではありません。この証明書そのものによる署名だけを信頼します。
import-warns-test-cards = --policy-oid がないと、テスト用カードを含め、この認証局の下のすべての証明書を認めます（HPKI 署名用は 1.2.392.100495.1.5.1.1.3.1）。
import-warns-any-policy = --policy-oid がないと、用途を問わず、この認証局の下のすべての証明書を認めます。
import-warns-tsu-usage = タイムスタンプ専用の証明書ではありません（RFC 3161 2.3 の critical な拡張鍵用途 timeStamping のみ、ではない）。そのトークンは受け入れられません。
import-warns-tsa-ca = 認証局は多くの相手に発行します。--policy-oid がないと、その下のすべてのタイムスタンプを認めます。
import-warns-no-accreditation = --accredited-from がないと、要件 14①2(1) は判定できないままです。
## trust doctor

doctor-conclusion = 判定
doctor-certificate = 証明書
doctor-ca = 認証局
doctor-anchor = 信頼の起点
doctor-missing = 不足
doctor-good = { $time } の情報で失効なし
doctor-revoked = { $date } に失効
doctor-on-hold = { $date } から一時停止中
doctor-unknown = 失効の有無は不明: { $why }
doctor-datum = { $datum }（発行 { $time }、次回 { $next }）: { $why }
doctor-no-data = この証明書の失効情報
doctor-no-usable-data = この証明書の失効情報で、根拠にできるもの
doctor-ocsp-at = 発行者の OCSP: { $uri }
doctor-no-address = 証明書に http のアドレスがありません。発行者に問い合わせてください
doctor-issuer = { $holder } の証明書
doctor-issuer-key = 鍵識別子: { $key }
doctor-no-anchor = たどり着く先となる、プロファイルの認証局
doctor-accreditation = この事業者の認定の期間。プロファイルに登録されていません（14①2(1)）
doctor-nothing-missing = 認証局、証明書、失効情報に不足はありません。
doctor-fetch = 証明書に書かれた場所から取得します（アドレスを確かめてから実行してください）:
doctor-by-hand = アドレスのないものは発行者に問い合わせ、同じフォルダに置いてください。
doctor-import = その認証局を信頼することにした場合は、認証局自身（タイムスタンプは総務省）が公表する証明書と SHA-256 の値を用いて追加します。大文字の部分は書き換えてください:
doctor-again = その後、もう一度確かめます:
doctor-sunset-over = { $time } までに限り信頼。その期限は過ぎました
doctor-sunset-soon = { $time } までに限り信頼
doctor-expired = 証明書は { $time } に期限切れ
doctor-expires-soon = 証明書の期限は { $time }
doctor-accreditation-over = 認定は { $time } に終了
doctor-accreditation-soon = 認定は { $time } に終了予定
datum-fresh = 根拠にでき、十分新しい
datum-not-fresh = 対象の時点に対して古すぎます
datum-this-update-in-future = 未来の日時です
datum-certificate-not-known-to-datum = この証明書を対象としていません（期限切れ後、または発行前）
datum-crl-other-issuer = 別の発行者のものです
datum-crl-signature = 発行者の鍵の署名ではありません（改変、または別の認証局）
datum-crl-sign-missing = 署名者にリストへの署名権限（cRLSign）がありません
datum-crl-algorithms-disagree = アルゴリズムの 2 つの記載が異なります
datum-crl-distribution-point = 別の配布点のものです
datum-crl-only-user-certs = 認証局の証明書は対象外です
datum-crl-only-ca-certs = 認証局の証明書だけが対象です
datum-crl-only-attribute-certs = 属性証明書だけが対象です
datum-crl-only-some-reasons = 一部の失効理由だけが対象です
datum-crl-delta = 差分 CRL で、元のリストがありません
datum-crl-unknown-critical-extension = 解釈できない重要（critical）な拡張があります
datum-crl-malformed-extension = 解読できない拡張があります
datum-datum-signer-path = 署名者が同じ信頼の起点にたどり着きません
datum-datum-signer-not-valid = 署名者の証明書がその時点で有効期間外です
datum-datum-signer-revoked = 署名者の証明書が失効しています
datum-datum-signer-status-unknown = 署名者の失効の有無が分かりません
datum-ocsp-other-certificate = 別の証明書についての応答です
datum-ocsp-other-issuer = 別の発行者の証明書についての応答です
datum-ocsp-digest-algorithm = 未知のハッシュで証明書を示しています
datum-ocsp-responder-not-found = 応答者の証明書がありません
datum-ocsp-signature = 応答者の鍵の署名ではありません
datum-ocsp-delegate-other-issuer = 発行者が認めた応答者ではありません
datum-ocsp-delegate-usage = 応答者の証明書が OCSP 用ではありません
datum-ocsp-delegate-extension = 応答者の証明書に使用を妨げる拡張があります
datum-ocsp-produced-before-update = 対象の時点より前に署名されています
datum-ocsp-unknown = 応答者はこの証明書を知りません
datum-ocsp-cert-hash = 別の証明書のハッシュです
datum-ocsp-unknown-critical-extension = 解釈できない重要（critical）な拡張があります
datum-datum-signature-algorithm = 署名アルゴリズムに対応していません
datum-limit-exceeded = 上限に達したため調べていません

## inspect の見出し

inspect-certificate = 証明書
inspect-crl = 失効リスト
inspect-kind = 種類
inspect-subject = 所有者
inspect-alternative-name = 別名
inspect-issuer = 発行者
inspect-serial = 番号
inspect-validity = 有効期間
inspect-key = 鍵
inspect-key-usage = 鍵の用途
inspect-purposes = 拡張用途
inspect-policies = ポリシー
inspect-roles = 資格・役割
inspect-no-role = 記載なし
inspect-role-unreadable = 記載はありますが解読できません
inspect-crl-at = 失効リスト
inspect-ocsp-at = OCSP
inspect-departures = HPKI との差
inspect-chain = 信頼
inspect-chain-good = { $anchor } まで確認。{ $time } の時点で有効
inspect-this-update = 発行日時
inspect-next-update = 次回発行
inspect-number = 通し番号
inspect-entries = 失効件数
inspect-scope = 対象範囲
inspect-scope-all = 発行者のすべての証明書
inspect-scope-user = 利用者の証明書のみ（認証局の証明書を除く。onlyContainsUserCerts）
inspect-scope-ca = 認証局の証明書のみ（onlyContainsCACerts）
inspect-scope-attribute = 属性証明書のみ（onlyContainsAttributeCerts）
inspect-scope-indirect = 他の発行者の証明書も対象（indirectCRL）
inspect-scope-reasons = 一部の失効理由のみ: { $reasons }（onlySomeReasons）
inspect-scope-delta = リスト { $base } からの変更分のみ（差分 CRL）。そのリストなしでは判断できません
inspect-key-identifier = 発行者の鍵
inspect-at = { $time }
inspect-from-future = { $time }（未来の日時）
inspect-current = { $next }（{ $time } の時点で最新）
inspect-overdue = { $next }（{ $time } の時点で期限超過）
inspect-no-next-update = 記載なし
inspect-expired-certs = 期限切れ分
inspect-keeps-expired = { $time } より後に期限が切れた証明書についても答えます
inspect-unusable = 使用不可
inspect-unknown-critical = 重要（critical）な拡張 { $oid } を解釈できないため、根拠にできません
inspect-malformed = 拡張 { $oid } を解読できないため、根拠にできません
inspect-signed-by = 署名した者
inspect-signed-by-unknown = 未確認。発行者の証明書を --evidence で指定してください
inspect-signed-by-none = 手元のどの証明書でもありません（改変されたか、別の鍵）
inspect-inside-response = （証明書は応答に含まれるもの）
inspect-first-entries = 全 { $total } 件のうち先頭の { $shown } 件（--entries all ですべて表示）
inspect-all-entries = 失効した証明書
inspect-invalid-since = { $time } から無効の疑い
inspect-entry-issuer = 発行者 { $name }
inspect-ocsp = OCSP 応答
inspect-ocsp-status = 応答の状態
inspect-responder = 応答者
inspect-responder-key = 鍵の SHA-1 { $hash }
inspect-produced = 署名日時
inspect-answer = 回答
inspect-status = 証明書
inspect-cert-hash = そのハッシュ
inspect-issuer-name-hash = 発行者名
inspect-issuer-key-hash = 発行者の鍵
ocsp-status-successful = 正常（successful）
ocsp-status-malformed-request = 要求の形式に誤りがあると応答しました（malformedRequest, { $number }）。証明書の状態は分かりません
ocsp-status-internal-error = 応答者の内部エラーです（internalError, { $number }）。証明書の状態は分かりません
ocsp-status-try-later = 時間をおいて再度試すよう応答しました（tryLater, { $number }）。証明書の状態は分かりません
ocsp-status-sig-required = 署名付きの要求にだけ答えます（sigRequired, { $number }）。証明書の状態は分かりません
ocsp-status-unauthorized = この要求者には答えません（unauthorized, { $number }）。証明書の状態は分かりません
ocsp-status-undefined = RFC 6960 にないエラーです（{ $number }）。証明書の状態は分かりません
ocsp-certificate-good = 失効していません（good）
ocsp-certificate-unknown = 応答者はこの証明書を知りません（unknown）
ocsp-certificate-revoked = { $time } に失効、{ $reason }
revocation-reason-none = 理由の記載なし
revocation-reason-unspecified = 理由は特定されていません
revocation-reason-keyCompromise = 鍵の危殆化
revocation-reason-cACompromise = 認証局の危殆化
revocation-reason-affiliationChanged = 所属等の変更
revocation-reason-superseded = 新しい証明書に交換
revocation-reason-cessationOfOperation = 使用の終了
revocation-reason-certificateHold = 一時停止
revocation-reason-removeFromCRL = 一時停止の解除
revocation-reason-privilegeWithdrawn = 権限の取消
revocation-reason-aACompromise = 属性認証局の危殆化
revocation-reason-undefined = RFC 5280 にない理由
inspect-document = 文書
inspect-revision = 版
inspect-revision-of = { $revisions } 版中の第 { $revision } 版
inspect-coverage = 対象
inspect-byte-range = バイト範囲
inspect-algorithm = アルゴリズム
inspect-signer = 署名者
inspect-claimed-time = 申告の時刻
inspect-attributes = 署名属性
inspect-content = 内容
inspect-value = 署名値
inspect-intact = 一致
inspect-broken = 不一致
inspect-not-found = 対象がありません
inspect-refused = 確認できません（{ $reason }）
inspect-limits = 許可と制限
inspect-certifies = 文書を認証。以後は{ $level ->
    [1] 変更を認めない（DocMDP レベル 1）
    [2] フォームの入力と署名を認める（DocMDP レベル 2）
   *[other] フォームの入力、署名、注釈を認める（DocMDP レベル { $level }）
 }
inspect-lock-level = 変更を制限。以後は{ $level ->
    [1] 変更を認めない（ロックのレベル 1）
    [2] フォームの入力と署名を認める（ロックのレベル 2）
   *[other] フォームの入力、署名、注釈を認める（ロックのレベル { $level }）
 }
inspect-lock-all = すべての入力欄をロック
inspect-lock-include = 入力欄 { $fields } をロック
inspect-lock-exclude = 入力欄 { $fields } 以外をロック
inspect-seed-values = 署名欄の条件
inspect-seed-mandatory = { $asked }（必須）
inspect-seed-preferred = { $asked }
inspect-claims = 申告
inspect-signature-policy = 署名ポリシー
inspect-policy-implied = 明示なし（文脈による）
inspect-policy-stored = 添付の文書は、署名時に指定されたものと一致
inspect-policy-stored-other = 添付の文書は、署名時に指定されたものと不一致
inspect-commitments = 署名の意図
inspect-signer-attributes = 署名者の属性
inspect-attribute-claimed = 「{ $text }」（{ $kind }、申告）
inspect-attribute-claimed-kind = { $kind }（申告）
inspect-attribute-certified = 属性証明書（判定には使いません）
inspect-revision-number = 第 { $revision } 版
inspect-first-revisions = 全 { $total } 版のうち最初の { $shown } 版（--entries all ですべて表示）
inspect-bytes = バイト
inspect-bytes-of = { $start } から { $end } まで、{ $xref }
inspect-xref-table = 相互参照表
inspect-xref-stream = 相互参照ストリーム
inspect-xref-hybrid = 相互参照表とストリームの併用
inspect-xref-rebuilt = 読める相互参照表がない（走査でオブジェクトを発見）
inspect-objects = オブジェクト
inspect-objects-added = 追加 { $count } 個（{ $numbers }）
inspect-objects-replaced = 置換 { $count } 個（{ $numbers }）
inspect-objects-freed = 解放 { $count } 個（{ $numbers }）
inspect-objects-unreachable = うち { $count } 個はどこからも使われない（{ $numbers }）
inspect-objects-none = なし
inspect-made = この版の署名
inspect-made-signature = { $id }: { $subject } の署名、フィールド { $field }{ $time ->
    [none] {""}
   *[other] {"、"}申告の時刻 { $time }
 }
inspect-made-timestamp = { $id }: { $subject } の文書タイムスタンプ、フィールド { $field }{ $time ->
    [none] {""}
   *[other] {"、"}{ $time }
 }
inspect-made-by-unknown = 不明
inspect-changes = 変更内容
inspect-changes-unknown = 確かめられません
inspect-covered-by = 保護する署名
inspect-covered-by-none = なし
inspect-more = ほか { $count } 個
inspect-time = 時刻
inspect-imprint = 対象の照合
inspect-evidence = 含まれる証拠
inspect-evidence-certificate = 証明書
inspect-evidence-attribute-certificate = 属性証明書
inspect-evidence-crl = 失効リスト
inspect-evidence-ocsp = OCSP 応答
inspect-evidence-timestamp-token = トークン
inspect-expired = { $from } から { $to } まで（期限切れ）
inspect-not-yet-valid = { $from } から { $to } まで（有効期間前）
inspect-valid = { $from } から { $to } まで（有効期間内）
certificate-kind-signing = HPKI 署名用
certificate-kind-test = HPKI 署名用 TEST（テスト用。資格を証明しません）
certificate-kind-authentication = HPKI 認証用（ログイン用。署名には使えません）
certificate-kind-other = HPKI のポリシーはありません
certificate-kind-ca = 認証局

## 署名辞書の申告

claims-unproven = { $claims }（署名者の申告で、証明はありません）
claim-name = 氏名「{ $text }」
claim-reason = 理由「{ $text }」
claim-location = 場所「{ $text }」
claim-time = 時刻 { $time }
claim-withheld = 表示していません（公的個人認証。--show-personal で表示）

## 署名後の変更（PDF）

changes-forbidden = 署名後の変更（許されていないもの）
changes-unclear = 署名後の変更（許否の定めのないもの）
changes-noticed = 署名後の変更（認められるが、確かめたいもの）
changes-permitted = 署名後の許された変更: { $changes }
changes-same = 署名後の変更: { $id } と同じ
changes-more = ほか { $count } 件（--format json ですべて表示）
changes-line = { $rule }: { $places }
changes-page = { $page } ページ
changes-rect = 位置 { $rect }
changes-over-text = 本文の文字に重なる
changes-object = オブジェクト { $object }、第 { $revision } 版
changes-counted = { $rule }（{ $count } 件）

change-class-preservation = 署名を検証し続けるためのもので、ページには現れません。常に許されます。
change-class-form-filling = フォームの入力と署名は、認証（DocMDP）のレベル 2 と 3、および認証されていない文書で許されます（署名がロックした入力欄を除く）。それ以外では署名は無効です。
change-class-annotation = 注釈は、認証（DocMDP）のレベル 3 で許されます。認証されていない文書では定めがないため判定不能、それ以外では署名は無効です。
    .next = 文書のその場所を確かめ、署名されたときの文書と見比べてください（kenin inspect --revision N --output F で取り出せます）。
change-class-content = どの署名も許さない変更です。署名は無効です。
    .next = 署名されたときの文書を使ってください（kenin inspect --revision N --output F で取り出せます）。変更について発行元に確かめてください。

modification-security-store = 検証情報（DSS）の追加
    .about = 証明書、失効リスト、OCSP 応答が、後で署名を検証できるように追加されたか、まとめ直されました。
modification-document-timestamp = 文書タイムスタンプの追加
    .about = その時点の文書全体へのタイムスタンプです。表示には現れません。
modification-hidden-signature-field = 表示されない空の署名欄の追加
    .about = 表示されない署名欄が追加されました。署名は入っていません。
modification-metadata = メタデータの更新
    .about = XMP メタデータか文書情報（題名、作成者、日時、ソフト名）が更新されました。ページには現れません。
modification-extensions = 文書の版や拡張の表示の更新
    .about = 文書が、新しい版の PDF か拡張を使うと示しています。
modification-unused-object = どこからも使われないオブジェクトの書き込み
    .about = どのページ、入力欄、その他の部分からも使われないオブジェクトが書かれたか、解放されました。
modification-signature-field = 表示される空の署名欄の追加
    .about = ページに表示される署名欄が追加されました。
modification-signature = 署名の追加
    .about = この署名の後に別の署名が行われました。その署名の良否は別に判定します。
modification-form-field-value = フォームの入力
    .about = 入力欄の値が変わりました。入力欄のほかの部分は変わっていません。
modification-form-field-appearance = 入力欄の表示の変更
    .about = 入力欄の表示が、値とともに変わりました。
modification-form-resources = フォームのフォントや設定の変更
    .about = 入力欄が共有するもの（フォント、既定の体裁、NeedAppearances）が変わりました。入力のときにソフトが書き換えるものです。
modification-form-defaults = 入力欄が受け継ぐ設定の変更
    .about = フォームの既定の体裁や揃え、NeedAppearances が変わりました。ソフトが入力欄を描き直すことがあります。入力欄をロックする署名はこれを許しません。
modification-structure-growth = 追加に伴う文書構造の拡張
    .about = アクセシブルな文書のタグに、入力欄や注釈の追加に伴う要素が加わりました。もとの要素は変わっていません。
modification-annotation-added = 注釈の追加
    .about = メモ、マーカー、スタンプ、リンクなどの注釈がページに追加されました。
modification-annotation-changed = 注釈の変更
    .about = 署名のときにあった注釈が変更されました。
modification-annotation-removed = 注釈の削除
    .about = 署名のときにあった注釈が削除されました。
modification-page-content = ページの内容の変更
    .about = ページを描く命令（文字、線、画像）が置き換えられました。
modification-page-resources = ページのフォント、画像などの変更
    .about = ページが描くのに使うものが置き換えられました。フォントが変わると、同じ文字が別の字に見えます。
modification-page-attributes = ページのその他の属性の変更
    .about = ページの大きさ、切り抜き、回転、動作などの項目が変わりました。
modification-page-tree = ページの追加、削除、差し替え、並べ替え
    .about = 署名のときとページの数、中身、順序が違います。
modification-form-field-added = 入力欄の追加
    .about = 署名欄ではない入力欄が追加されました。
modification-form-field-removed = 入力欄の削除
    .about = 署名のときにあった入力欄がありません。
modification-form-field-changed = 入力欄の、値以外の変更
    .about = 入力欄の種類、場所、規則、動作が変わりました。
modification-form-changed = フォーム全体の変更
    .about = 入力では変わらないフォームの項目（計算の順序、XFA など）が変わりました。
modification-signature-changed = 以前の署名の変更または削除
    .about = 以前の署名がなくなったか、置き換えられました。
modification-names = 名前付き移動先、添付ファイル、スクリプトの変更
    .about = 文書の名前ツリー（移動先、埋め込みファイル、JavaScript）が変わりました。
modification-outline = しおりの変更
    .about = ページの横に表示されるしおりが変わりました。
modification-actions = 文書の動作の変更
    .about = 文書を開く、印刷する、閉じるときの動作が変わりました。
modification-structure = 論理構造の変更
    .about = 読み上げや書き出しに使われる構造（タグ付き PDF）が変わりました。
modification-optional-content = レイヤーの変更
    .about = レイヤー（オプショナルコンテンツ）の有無や表示が変わりました。レイヤーは文字を見せたり隠したりできます。
modification-catalog = 文書のその他の項目の変更
    .about = カタログかトレーラーの、個別の規則のない項目が変わりました。
modification-encryption = 暗号化の設定の変更
    .about = 暗号化辞書が別のものです。署名された文書を暗号化し直すと、署名は必ず壊れます。
modification-other-object = 役割の分からないオブジェクトの変更
    .about = 文書での役割を kenin が知らないオブジェクトが書き換えられたため、無害とはいえません。

## HTML 報告書

html-brand = 検印 kenin　電子署名・タイムスタンプ検証レポート
html-next = 次に
html-next-same = 「{ $question }」の欄をご覧ください。
html-others = ほかの署名とタイムスタンプ
html-tone-good = 問題なし
html-tone-bad = 問題あり
html-tone-unsure = 要確認
html-tone-plain = 参考
html-timeline = 時間の流れ
html-timeline-about = 証明書の有効期間、失効情報、タイムスタンプと、この判定の時刻です。実線は判定の時刻、破線は更新期限です。
html-what = 何
html-when = いつ
html-claim = 署名者が申告した署名時刻
html-claim-note = 申告で、証明ではありません
html-stamp = { $kind } { $tsa }
html-stamp-proves = { $grade }。署名の時刻を証明
html-stamped = タイムスタンプの時刻
html-certificate-of = { $name } の証明書の有効期間
html-revocation-of = { $name } の失効情報
html-revoked-on = { $status }（{ $date }）
html-renew-before = 更新期限
html-verifiable-until = 検証できる期限
html-judged-at = 判定の時刻
html-from-to = { $from } から { $to }
html-revisions = 文書の版と署名後の変更
html-revisions-about = PDF には後から追記できます。どの版で誰が署名し、その後に何が変わったかを示します。
html-revision = 第 { $revision } 版
html-revision-unsigned = 最初の署名より前の版です。
html-revision-unchanged = 変更はありません。
html-revision-of = 全 { $revisions } 版のうち第 { $revision } 版
html-made-by = { $title }: { $who }
html-permitted = 追加・変更:
html-place = { $page } ページの{ $place }
place-top-left = 左上
place-top-centre = 上
place-top-right = 右上
place-middle-left = 左
place-middle-centre = 中央
place-middle-right = 右
place-bottom-left = 左下
place-bottom-centre = 下
place-bottom-right = 右下
html-requirements-about = 医療情報システムの安全管理に関するガイドライン 第6.0版 企画管理編 14。判定の根拠も開いて確かめられます。
html-clause = 条項
html-requirement = 要件
html-judgement = 判定
html-evidence-of = 判定の根拠
html-evidence = { $id }: { $text }
html-roles = { $name }: { $roles }
html-no-role = { $name }: 証明書に資格の記載はありません
html-stamp-line = { $time } { $about }
html-cut = { $text }…（以下 { $count } 文字を省略）
html-fact-subject = 署名者（証明書の主体者）
html-fact-issuer = 発行者
html-fact-serial = 証明書の番号
html-fact-certificate = 証明書の SHA-256
html-fact-policies = 証明書ポリシー
html-fact-roles = 資格・役割
html-fact-anchor = トラストアンカー
html-fact-claimed = 申告された署名時刻
html-fact-proven = 証明された時刻
html-fact-coverage = 署名の対象
html-fact-revision = 版
html-fact-algorithm = 署名アルゴリズム
html-fact-digest = ハッシュアルゴリズム
html-datum = { $status }（{ $why }）。{ $from } 発行、次回 { $to }
html-datum-revoked = { $status }（{ $why }）。失効 { $date }。{ $from } 発行、次回 { $to }
html-chain = 証明書のつながりと失効情報
html-checks = すべての検査
html-evidence-list = 証拠
html-evidence-about = 判定に使える証明書、失効情報、タイムスタンプの一覧
html-kind = 種類
html-source = あった場所
html-verification-id = 検証 ID
html-document-sha256 = 文書の SHA-256
html-policy-sha256 = ポリシーの SHA-256
html-trust-sha256 = 信頼プロファイルの SHA-256
html-tool = 検証したソフト
html-foot = 検証 ID は、文書、ポリシー、信頼プロファイル、判定の時刻、証拠、結果から計算した番号です。同じ条件で検証し直すと同じ番号になります。
