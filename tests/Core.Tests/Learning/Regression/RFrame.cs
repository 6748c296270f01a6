using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Learning;

/// <summary>A table as R reads it: rows whose wanted cells are numbers.</summary>
internal sealed class RFrame
{
    private readonly Dictionary<string, string?[]> columns;
    private readonly int[] rows;

    private RFrame(Dictionary<string, string?[]> columns, int[] rows) => (this.columns, this.rows) = (columns, rows);

    public int RowCount => rows.Length;

    public IReadOnlyList<string> Names => [.. columns.Keys];

    /// <summary>The rows of a data set of R that lack nothing, as <c>na.omit</c>; see <c>Data/sets/make.R</c>.</summary>
    public static RFrame OfR(string name)
    {
        var all = Read(Path.Combine(AppContext.BaseDirectory, "Data", "sets", name + ".csv"));
        return all.Where(r => all.columns.Values.All(c => c[r] != "NA"));
    }

    /// <summary>The clinical and the semantic table of TCGA-LGG joined by case, in order of the case.</summary>
    public static RFrame Lgg()
    {
        var clinical = Read(ReferenceData.Require("tcga-lgg/clinical.csv"));
        var semantic = Read(ReferenceData.Require("tcga-lgg/semantic.csv"));
        var place = semantic.columns["case_id"].Select((id, r) => (id, r)).ToDictionary(p => p.id!, p => p.r);
        int[] joined = [.. Enumerable.Range(0, clinical.RowCount).Where(r => place.ContainsKey(clinical.columns["case_id"][r]!)).OrderBy(r => clinical.columns["case_id"][r], StringComparer.Ordinal)];
        var all = clinical.columns.ToDictionary(c => c.Key, c => joined.Select(r => c.Value[r]).ToArray());
        foreach (var (name, cells) in semantic.columns.Where(c => c.Key != "case_id"))
            all[name] = [.. joined.Select(r => cells[place[clinical.columns["case_id"][r]!]])];
        return new(all, [.. Enumerable.Range(0, joined.Length)]);
    }

    /// <summary>The rows in which all of the columns are numbers.</summary>
    public RFrame Complete(params string[] names) => Where(r => names.All(n => IsNumber(columns[n][r])));

    public RFrame Where(string name, Func<string?, bool> wanted) => Where(r => wanted(columns[name][r]));

    public double[] Numbers(string name) => [.. Texts(name).Select(t => double.Parse(t!, CultureInfo.InvariantCulture))];

    /// <summary>The place of each cell among the column's different ones in their order, as R's <c>as.integer(factor) - 1</c>.</summary>
    public int[] Codes(string name)
    {
        var texts = Texts(name);
        string?[] levels = [.. texts.Distinct().Order(StringComparer.Ordinal)];
        return [.. texts.Select(t => Array.IndexOf(levels, t))];
    }

    public string?[] Texts(string name) => [.. rows.Select(r => columns[name][r])];

    public Predictors Predictors(params string[] names) => new(
        [.. Enumerable.Range(0, rows.Length).Select(r => new RowId("r", $"p{r:000}", $"p{r:000}"))], names, [.. names.SelectMany(Numbers)]);

    private RFrame Where(Func<int, bool> wanted) => new(columns, [.. rows.Where(wanted)]);

    private static bool IsNumber(string? cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);

    private static RFrame Read(string file)
    {
        var lines = File.ReadLines(file).Select(Cells).ToArray();
        return new(
            lines[0].Select((name, c) => (name, c)).ToDictionary(n => n.name!, n => lines[1..].Select(l => l[n.c]).ToArray()),
            [.. Enumerable.Range(0, lines.Length - 1)]);
    }

    // A comma between quotes is text.
    private static string?[] Cells(string line)
    {
        var cells = new List<string?>();
        var cell = "";
        var quoted = false;
        foreach (var letter in line + ",")
        {
            if (letter == '"')
                quoted = !quoted;
            else if (letter != ',' || quoted)
                cell += letter;
            else
                (cells, cell) = ([.. cells, cell], "");
        }
        return [.. cells];
    }
}
