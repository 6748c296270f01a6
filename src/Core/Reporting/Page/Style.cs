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
        .headline{background:var(--pale);border-left:4px solid var(--accent);padding:14px 18px;margin:18px 0;border-radius:0 4px 4px 0}
        .headline strong{font-size:1.25rem}
        .warn{color:var(--warn)}
        table{border-collapse:collapse;width:100%;margin:10px 0;font-size:.9rem}
        th{text-align:left;font-weight:600;border-bottom:2px solid var(--line);padding:5px 8px;vertical-align:bottom}
        td{border-bottom:1px solid var(--line);padding:5px 8px;vertical-align:top;overflow-wrap:anywhere}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;overflow-wrap:normal}
        tr.lead td{font-weight:600}
        tr.muted td{color:var(--soft)}
        svg{max-width:100%;height:auto;font-size:13px;fill:var(--ink)}
        svg .grid{stroke:#e7eaed}svg .reference{stroke:#8a949d;stroke-dasharray:4 4}
        svg.flow rect{fill:var(--pale);stroke:#aab3bb}svg .arrow{stroke:#5b6670;fill:none}
        .plots{display:flex;flex-wrap:wrap;gap:20px}.plots figure{flex:1 1 320px;max-width:420px}
        figure{margin:0}figcaption{font-size:.85rem;color:var(--soft);margin-top:4px}
        .key{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin:0 5px 0 12px;vertical-align:-.05em}
        .pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(128px,1fr));gap:12px 10px;align-items:end}
        .pictures figure{break-inside:avoid}
        .pictures svg{width:100%;max-height:160px;background:#000;display:block}
        .pictures path{fill:none;stroke:#ff3b30;stroke-width:1.2;vector-effect:non-scaling-stroke}
        .pictures figcaption{font-size:.72rem;line-height:1.3}
        .bar{display:inline-block;height:.7em;background:var(--accent);vertical-align:baseline}
        pre{background:var(--pale);padding:12px;overflow-x:auto;font-size:.78rem;line-height:1.4;white-space:pre-wrap;overflow-wrap:anywhere}
        code,.hash{font-family:ui-monospace,Consolas,Menlo,monospace;font-size:.78rem}
        summary{cursor:pointer;color:var(--accent);margin:8px 0}
        @media print{
          html{font-size:11px}main{max-width:none;padding:0}h2{break-after:avoid}tr,figure,.headline{break-inside:avoid}
          details>summary{display:none}
          .pictures{grid-template-columns:repeat(7,1fr)}
          @page{margin:16mm}
        }
        """;
}
