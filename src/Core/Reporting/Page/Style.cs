namespace RadiogenomicsCloud.Reporting.Page;

internal static class Style
{
    public const string Css = """
        :root{--ink:#1a1f24;--soft:#5b6670;--line:#d8dde2;--pale:#f5f7f9;--accent:#0072b2;--warn:#9a4a00}
        *{box-sizing:border-box}
        html{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:var(--ink);background:#fff}
        body{margin:0}
        main{max-width:960px;margin:0 auto;padding:28px 24px 64px}
        h1{font-size:1.7rem;line-height:1.2;margin:0 0 4px}
        h2{font-size:1.25rem;margin:44px 0 10px;padding-top:14px;border-top:1px solid var(--line)}
        h3{font-size:1rem;margin:24px 0 6px}
        p{margin:8px 0;max-width:76ch}
        .soft{color:var(--soft);font-size:.9rem}
        .lede{font-size:1.05rem;margin:2px 0}
        nav{font-size:.9rem;margin:14px 0 0;display:flex;flex-wrap:wrap;gap:2px 18px}
        a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
        .headline{background:var(--pale);border-left:4px solid var(--accent);padding:10px 18px;margin:16px 0;border-radius:0 4px 4px 0}
        .headline table{width:auto;margin:4px 0 8px;font-size:1rem}.headline th{font-size:.8rem;color:var(--soft);padding:2px 22px 2px 0}
        .headline td{padding:4px 22px 4px 0;vertical-align:baseline}.headline .big{white-space:nowrap;font-size:1.35rem;font-weight:700;line-height:1.1}
        .headline .measure{display:none}.headline .matrix{width:100%;font-size:.92rem}.headline .matrix td{padding:2px 14px 2px 0}.headline .matrix th{padding-right:14px}
        .cohort{font-weight:600}
        .warn{color:var(--warn)}ul.warn{margin:6px 0;padding-left:1.2em;font-size:.9rem}
        table{border-collapse:collapse;width:100%;margin:10px 0;font-size:.9rem}
        th{text-align:left;font-weight:600;border-bottom:2px solid var(--line);padding:5px 10px 5px 0;vertical-align:bottom}
        td{border-bottom:1px solid var(--line);padding:5px 10px 5px 0;vertical-align:top;overflow-wrap:break-word}
        .hash,.ids{overflow-wrap:anywhere}
        th:last-child,td:last-child{padding-right:0}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;overflow-wrap:normal}
        .facts td:first-child{width:14em;color:var(--soft)}
        .interval{white-space:nowrap}sup{font-size:.7em;line-height:0;margin-left:2px}
        .estimates td{overflow-wrap:normal}tr.lead td{background:var(--pale)}
        .comparisons .n{padding-right:32px}.comparisons .n:last-child{padding-right:0}
        .associations td{font-size:.95em}.associations .ids{min-width:8.6em}.associations .meaning{margin-left:0}.calls td:first-child{width:34%}
        .notes p{font-size:.85rem;color:var(--soft);margin:3px 0;max-width:none}
        svg{max-width:100%;height:auto;font-size:13px;fill:var(--ink)}
        svg .grid{stroke:#e7eaed}svg .reference{stroke:#8a949d;stroke-dasharray:4 4}svg .zero{stroke:#8a949d}
        svg.flow rect{fill:var(--pale);stroke:#aab3bb}svg .arrow{stroke:#5b6670;fill:none}
        svg.bar{width:120px;vertical-align:-1px}svg.bar rect{fill:var(--accent)}
        .plots{display:flex;flex-wrap:wrap;gap:20px 32px;margin-top:18px}.plots figure{flex:1 1 320px;max-width:430px}
        .panels{gap:12px 18px}.panels figure{flex:1 1 260px;max-width:300px}.panels+.soft{margin-top:4px}
        .plots figure h4,.plots figure h5{margin:0 0 2px;font-size:.9rem;overflow-wrap:anywhere}tr.group td{font-weight:600;background:var(--pale)}
        figure{margin:0}figcaption{font-size:.85rem;color:var(--soft);margin-top:4px}
        .meaning{color:var(--soft);font-size:.85em;margin-left:4px}
        .default{color:#6f7982;font-style:italic}
        .pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(118px,1fr));gap:12px 10px;align-items:end}
        .pictures svg{width:100%;max-height:160px;outline:1px solid #c9cfd5;outline-offset:-1px;display:block}
        .pictures path{fill:none;vector-effect:non-scaling-stroke}
        .pictures .halo{stroke:#fff;stroke-width:2.6;stroke-opacity:.6}.pictures .outline{stroke:#ff2a1f;stroke-width:1.2}
        .pictures figcaption{font-size:.72rem;line-height:1.3;overflow-wrap:anywhere}
        pre{background:var(--pale);padding:12px;overflow-x:auto;font-size:.75rem;line-height:1.45;white-space:pre-wrap;overflow-wrap:anywhere}
        code,.hash,pre{font-family:ui-monospace,Consolas,Menlo,monospace}code,.hash{font-size:.78rem}
        .fold{margin:0 6px 0 0}.foldable>label{cursor:pointer;color:var(--accent);font-size:.9rem}.ids{font-size:.85rem}
        @media screen{.fold:not(:checked)~.folded{display:none}}
        @media screen and (max-width:640px){
          main{padding:18px 14px 48px}.wide{overflow-x:auto}.wide>svg{min-width:600px}.wide>table{min-width:560px}.wide>figcaption{position:sticky;left:0}
          .headline{padding:8px 12px}.lines tr:first-child{display:none}.lines tr{display:flex;flex-wrap:wrap;align-items:baseline;border-bottom:1px solid var(--line)}
          .headline .lines td{border:0;padding:2px 14px 2px 0}.headline .lines td:first-child,.headline .lines td:last-child{flex-basis:100%}
          .headline .measure{display:inline;font-size:.8rem;font-weight:400}.headline .matrix{min-width:0;font-size:.82rem}.headline .matrix td,.headline .matrix th{padding-right:8px}.matrix .interval{display:block;font-size:.7rem}
        }
        @media print{
          html{font-size:11px}main{max-width:none;padding:0}nav,.fold,.foldable>label{display:none}
          h2{margin-top:24px}h2,h3,tr:first-child{break-after:avoid}.comparisons{break-inside:avoid}tr,figure,.headline,.notes p,section.model{break-inside:avoid}a{color:inherit}
          .soft,figcaption,.meaning,.default,.notes p{color:#444c54}
          .plots figure{flex-basis:280px}.panels figure{flex-basis:210px}
          .pictures{grid-template-columns:repeat(7,1fr)}.pictures svg{max-height:110px}.pictures figcaption{font-size:.75rem}
          @page{margin:15mm}
        }
        """;
}
