using System.Text.RegularExpressions;
using RadiogenomicsCloud.Cli.Terminal;
using RadiogenomicsCloud.Pipeline.Extraction;

namespace RadiogenomicsCloud.Cli.Extraction;

/// <summary>
/// What is said of results on standard error: a line for each failure, and one for each warning with the regions that it concerns, so
/// that what all cases of a folder share does not bury what one has. Warnings that differ in names and numbers are of one kind; a kind of
/// which there are many is one line too. Memory grows with the kinds and failures, not with the regions.
/// </summary>
internal sealed partial class ResultMessages
{
    private const int MostNames = 20;
    private const int MostOfAKind = 5;

    private readonly List<string> failures = [];
    private readonly List<Kind> kinds = [];
    private readonly Dictionary<string, Kind> byText = new(StringComparer.Ordinal);

    /// <param name="name">Of the region; empty where there is one alone.</param>
    public void Add(RegionResult result, string name)
    {
        // The second of a kind in one region is a kind of its own: nothing of one region is left out.
        foreach (var (text, warnings) in result.Warnings.GroupBy(w => Particulars().Replace(w, "#")).Select(g => (g.Key, g.ToList())))
        {
            for (var n = 0; n < warnings.Count; n++)
            {
                var key = FormattableString.Invariant($"{n} {text}");
                if (!byText.TryGetValue(key, out var kind))
                    kinds.Add(byText[key] = kind = new(warnings[n]));
                kind.Add(warnings[n], name);
            }
        }
        if (result.Failure is { } failure)
            failures.Add($"failed: {(name.Length > 0 ? $"{name}: " : "")}{failure.Message} [{failure.Code}]");
    }

    public void Print()
    {
        foreach (var line in kinds.SelectMany(k => k.Lines))
            Messages.Warning(line);
        foreach (var failure in failures)
            Messages.Note(failure);
        kinds.Clear();
        byText.Clear();
        failures.Clear();
    }

    [GeneratedRegex("'[^']*'|[0-9]+([.][0-9]+)?")]
    private static partial Regex Particulars();

    private sealed class Kind(string first)
    {
        private readonly Repeated all = new(first);
        private readonly List<Repeated> each = [];
        private bool isMany;

        public IEnumerable<string> Lines => isMany ? [all.Line(", of which the first")] : each.Select(e => e.Line(""));

        public void Add(string text, string name)
        {
            all.Add(name);
            var same = each.Find(e => e.Text == text);
            if (same is null && each.Count < MostOfAKind)
                each.Add(same = new(text));
            isMany |= same is null;
            same?.Add(name);
        }
    }

    /// <summary>A warning and the regions that it was given for.</summary>
    private sealed class Repeated(string text)
    {
        private readonly List<string> names = [];
        private int count;

        public string Text => text;

        public void Add(string name)
        {
            count++;
            if (names.Count < MostNames)
                names.Add(name);
        }

        public string Line(string of)
        {
            if (count == 1)
                return names[0].Length > 0 ? $"{names[0]}: {text}" : text;
            var more = count > names.Count ? FormattableString.Invariant($"; and {count - names.Count} more") : "";
            return FormattableString.Invariant($"{count} regions ({string.Join("; ", names)}{more}){of}: {text}");
        }
    }
}
