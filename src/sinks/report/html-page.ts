/** Style and script of the HTML report. The script only hides, shows and colours what is there. */

export const PAGE_STYLE = `
:root{--bg:#fff;--fg:#1b1f24;--faint:#667;--line:#d5d9de;--offer:#0b66c3;--answer:#1a7f37;--candidate:#6639ba;--error:#c1121f;--warning:#8a5a00;--added:#dff5e3;--removed:#fde2e2;--mark:#fff3bf}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--bg:#14171a;--fg:#e6e9ec;--faint:#9aa3ab;--line:#343b42;--offer:#6cb6ff;--answer:#6bd98a;--candidate:#c297ff;--error:#ff8182;--warning:#e8b84a;--added:#12351d;--removed:#431a1d;--mark:#4d4000}}
:root[data-theme=dark]{--bg:#14171a;--fg:#e6e9ec;--faint:#9aa3ab;--line:#343b42;--offer:#6cb6ff;--answer:#6bd98a;--candidate:#c297ff;--error:#ff8182;--warning:#e8b84a;--added:#12351d;--removed:#431a1d;--mark:#4d4000}
body{margin:0 auto;max-width:90rem;padding:0 1rem 4rem;background:var(--bg);color:var(--fg);font:15px/1.45 system-ui,sans-serif;overflow-wrap:anywhere}
header{position:sticky;top:0;z-index:2;background:var(--bg);border-bottom:1px solid var(--line)}
h1{font-size:1.2rem;margin:.6rem 0 0;max-height:4.5em;overflow:auto}h1 span{display:inline-block;max-width:min(20rem,90vw);overflow:hidden;text-overflow:ellipsis;white-space:nowrap;vertical-align:bottom}h1 span+span::before{content:"⇄ ";color:var(--faint)}h2{font-size:1.05rem;margin:1.5rem 0 .5rem}
header p{margin:.3rem 0;color:var(--faint)}.tools{display:flex;gap:1.2rem;flex-wrap:wrap;align-items:center}
input[type=search]{width:18rem;font:inherit;background:var(--bg);color:var(--fg);border:1px solid var(--line);padding:.15rem .4rem}
code,.sdp,.n,.t{font-family:ui-monospace,monospace;font-size:.85rem}.faint{color:var(--faint)}
.error>summary b,p.error b{color:var(--error)}.warning>summary b,p.warning b{color:var(--warning)}
.finding{border-left:3px solid var(--line);padding:.1rem .6rem;margin:.3rem 0}.finding.error{border-color:var(--error)}.finding.warning{border-color:var(--warning)}
div.row,details.row>summary{display:grid;grid-template-columns:3.5rem 5rem minmax(10rem,26rem) minmax(0,1fr);gap:.6rem;align-items:start;padding:.05rem 0}
details.row>summary{cursor:pointer}details.row>summary>.label::before{content:"▸ ";color:var(--faint)}details.row[open]>summary>.label::before{content:"▾ "}.row:hover{background:color-mix(in srgb,var(--line) 35%,transparent)}.row:target{background:var(--mark)}
.n,.t{text-align:right;color:var(--faint)}.head{font-weight:600}
.lanes{position:relative;display:flex;min-height:1.4rem;align-self:stretch}.lanes>i,.lanes>span{flex:1;min-width:0;white-space:nowrap;position:relative;text-align:center;overflow:hidden;text-overflow:ellipsis}
.lanes>i::before{content:"";position:absolute;left:50%;top:0;bottom:0;border-left:1px solid var(--line)}
.lanes>b{position:absolute;top:.6rem;border-top:2px solid currentColor}.lanes>b.self{width:.6rem;height:.6rem;top:.35rem;margin-left:-.3rem;border:0;border-radius:50%;background:currentColor}
.lanes>b.right::after,.lanes>b.left::after{content:"";position:absolute;top:-6px;border:5px solid transparent}
.lanes>b.right::after{right:-2px;border-left:8px solid;border-right:0}.lanes>b.left::after{left:-2px;border-right:8px solid;border-left:0}
.offer{color:var(--offer)}.answer{color:var(--answer)}.candidate{color:var(--candidate)}.problem{color:var(--error)}.state,.link,.ok{color:var(--faint)}
.label,.finding>*,.round>summary,.round li{max-height:12rem;overflow:auto}.label p{margin:.1rem 0;color:var(--fg)}
figure{margin:.5rem 0 1rem 3.5rem;color:var(--fg)}figcaption{color:var(--faint)}
.sdp{margin:.2rem 0;padding-left:3.2rem;border-left:2px solid var(--line);overflow-x:auto}.sdp li{white-space:pre}.sdp ins,.sdp del{text-decoration:none;display:inline-block;min-width:100%}
.added{background:var(--added)}.removed{background:var(--removed)}.added::marker{content:"+ "}.removed::marker{content:"- "}
.round{margin:.3rem 0;padding:.2rem .6rem;border-left:3px solid var(--line)}mark{background:var(--mark);color:inherit}.hidden{display:none!important}
@media (max-width:50rem){header{position:static}input[type=search]{width:12rem}div.row,details.row>summary{grid-template-columns:2.2rem 4rem minmax(0,1fr);gap:0 .5rem}.lanes>span{font-size:.8rem}.label{grid-column:3;padding-bottom:.3rem}figure{margin-left:0}.sdp{padding-left:2.6rem}}
.row,.finding,.round{content-visibility:auto;contain-intrinsic-size:auto 1.5rem}
@media print{header{position:static}.tools{display:none}}
`;

export const PAGE_SCRIPT = `
(() => {
  const items = [...document.querySelectorAll('.row:not(.head),.finding,.round')];
  let texts;
  const search = document.getElementById('search');
  const problems = document.getElementById('problems');
  const found = document.getElementById('found');
  const show = () => {
    texts ??= items.map((item) => item.textContent.toLowerCase());
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    items.forEach((item, index) => {
      const wrong = !problems.checked || /has-|finding (error|warning)|problem/.test(item.className);
      const shown = wrong && words.every((word) => texts[index].includes(word));
      item.classList.toggle('hidden', !shown);
      if (shown) count += 1;
    });
    found.textContent = words.length > 0 || problems.checked ? count + ' of ' + items.length : '';
  };
  search.addEventListener('input', show);
  problems.addEventListener('change', show);
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    }
  });
  document.getElementById('theme').addEventListener('change', ({ target }) => {
    if (target.value === '') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = target.value;
  });
  const open = () => {
    const target = document.getElementById(location.hash.slice(1));
    const details = target && target.closest('details');
    if (details) details.open = true;
  };
  addEventListener('hashchange', open);
  open();
})();
`;
