using System.Text.Json;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>The settings as a study file would say them; what the study left to defaults is written lighter.</summary>
internal static class SettingsListing
{
    private const int LineLength = 150;
    private const int Step = 2;

    public static void Write(Html html, JsonElement settings)
    {
        html.Raw("<pre class=\"settings\">");
        Block(html, SettingsNode.Of(settings), 0);
        html.Raw("</pre>\n");
    }

    private static void Block(Html html, SettingsNode node, int indent)
    {
        if (node.List is { } list)
        {
            foreach (var item in list)
            {
                html.Text(new string(' ', indent) + "- ");
                if (Fits(item, indent + Step) || item.Map is null)
                    Line(html, item, named: true);
                else
                    Map(html, item.Map, indent + Step, firstIsPlaced: true);
            }
        }
        else if (node.Map is { } map)
        {
            Map(html, map, indent, firstIsPlaced: false);
        }
        else
        {
            Line(html, node, named: false);
        }
    }

    private static void Map(Html html, IReadOnlyList<SettingsNode.Entry> map, int indent, bool firstIsPlaced)
    {
        for (var i = 0; i < map.Count; i++)
        {
            var (key, value, isDefault) = map[i];
            html.Raw(isDefault ? "<span class=\"default\">" : "").Text((firstIsPlaced && i == 0 ? "" : new string(' ', indent)) + key + ":");
            if (Fits(value, indent + key.Length))
            {
                html.Text(" ");
                Line(html, value, named: false);
            }
            else
            {
                html.Text("\n");
                Block(html, value, indent + Step);
            }
            html.Raw(isDefault ? "</span>" : "");
        }
    }

    private static void Line(Html html, SettingsNode node, bool named)
    {
        Inline(html, node, named);
        html.Text("\n");
    }

    /// <param name="named">An item of a list that is a map of one map needs no braces of its own: <c>univariate: {fdr: 0.2}</c>.</param>
    private static void Inline(Html html, SettingsNode node, bool named)
    {
        if (node.Scalar is { } scalar)
        {
            html.Text(scalar);
            return;
        }
        if (node.List is { } list)
        {
            html.Text("[");
            for (var i = 0; i < list.Count; i++)
            {
                html.Text(i > 0 ? ", " : "");
                Inline(html, list[i], named: false);
            }
            html.Text("]");
            return;
        }
        var map = node.Map!;
        var bare = named && map is [{ Value.Map: not null }];
        html.Text(bare ? "" : "{");
        for (var i = 0; i < map.Count; i++)
        {
            html.Text(i > 0 ? ", " : "").Raw(map[i].IsDefault ? "<span class=\"default\">" : "").Text(map[i].Key + ": ");
            Inline(html, map[i].Value, named: false);
            html.Raw(map[i].IsDefault ? "</span>" : "");
        }
        html.Text(bare ? "" : "}");
    }

    /// <summary>Scalars and lists of them always stand on the line of their key; longer ones wrap.</summary>
    private static bool Fits(SettingsNode node, int indent) =>
        node.Scalar is not null || (node.List?.All(i => i.Scalar is not null) ?? indent + Length(node) <= LineLength && node.List is null && IsShallow(node));

    private static bool IsShallow(SettingsNode node) => node.Map!.All(e => e.Value.Scalar is not null || (e.Value.List?.All(i => i.Scalar is not null) ?? IsShallow(e.Value)));

    private static int Length(SettingsNode node) => node.Scalar?.Length
        ?? node.List?.Sum(i => Length(i) + 2) + 2
        ?? (node.Map!.Sum(e => e.Key.Length + 4 + Length(e.Value)) + 2);
}
