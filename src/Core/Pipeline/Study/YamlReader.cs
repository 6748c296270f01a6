using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>
/// Reads one YAML document into <see cref="YamlNode"/>s. Bounded: length, depth, and the number of nodes counted as if every alias were
/// written out. Duplicate keys, tags, several documents and keys that are not scalars are errors.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>Longest file, in characters.</summary>
    public const int MaximumLength = 1024 * 1024;

    public const int MaximumDepth = 20;

    public const int MaximumNodes = 100_000;

    private readonly StudyErrors errors;
    private readonly IParser parser;
    private readonly Dictionary<string, (YamlNode Node, int Size, int Height)> anchors = new(StringComparer.Ordinal);
    private (int Line, int Column) last = (1, 1);
    private int nodes;

    private YamlReader(IParser parser, StudyErrors errors)
    {
        this.parser = parser;
        this.errors = errors;
    }

    /// <exception cref="BadInputException">Not YAML, or beyond the limits.</exception>
    public static YamlNode Read(string yaml, StudyErrors errors)
    {
        if (yaml.Length > MaximumLength)
            throw errors.At(1, 1, "study.too_long", $"the file is longer than {MaximumLength} characters");
        var reader = new YamlReader(new Parser(new Scanner(new StringReader(yaml), skipComments: true)), errors);
        try
        {
            return reader.Document();
        }
        catch (Exception exception) when (exception is not (RadiogenomicsException or OutOfMemoryException))
        {
            // The YAML library is the edge of the house: whatever it does on hostile input, the file is at fault. Its own position is
            // sometimes the start of the file; what was read last is nearer then.
            var (line, column) = exception is YamlException { Start.Line: > 1 } known ? ((int)known.Start.Line, (int)known.Start.Column) : reader.last;
            throw errors.At(line, column, "study.yaml", "this is not valid YAML, here or just after", exception);
        }
    }

    private YamlNode Document()
    {
        Next<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
            throw errors.At(1, 1, "study.empty", "the file is empty");
        Next<DocumentStart>();
        var (root, _, _) = Node(1);
        Next<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out var _) && parser.Current is { } more)
            throw At(more, "study.documents", "a second YAML document begins; one file holds one");
        return root;
    }

    private (YamlNode Node, int Size, int Height) Node(int depth)
    {
        var current = parser.Current ?? throw errors.At(last.Line, last.Column, "study.yaml", "the file ends too early");
        last = Position(current);
        parser.MoveNext(); // The library's convention: Current is the event that nobody has taken yet.
        if (depth > MaximumDepth)
            throw At(current, "study.too_deep", $"values are nested more than {MaximumDepth} deep");
        if (current is AnchorAlias alias)
            return Alias(alias, depth);
        Count(1, current);
        var (line, column) = Position(current);
        if (current is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
            throw At(current, "study.tag", "tags (!…) have no meaning here; remove it");
        var result = current switch
        {
            Scalar scalar => (new YamlScalar(line, column, scalar.Value, scalar.Style == ScalarStyle.Plain), 1, 1),
            SequenceStart => Sequence(line, column, depth),
            MappingStart => Mapping(line, column, depth),
            _ => throw At(current, "study.yaml", "this is not valid YAML"),
        };
        if (current is NodeEvent { Anchor: { IsEmpty: false } anchor })
            anchors[anchor.Value] = result;
        return result;
    }

    private (YamlNode Node, int Size, int Height) Sequence(int line, int column, int depth)
    {
        var items = new List<YamlNode>();
        var (size, height) = (1, 0);
        while (!parser.Accept<SequenceEnd>(out _))
        {
            var (item, itemSize, itemHeight) = Node(depth + 1);
            items.Add(item);
            size += itemSize;
            height = Math.Max(height, itemHeight);
        }
        Next<SequenceEnd>();
        return (new YamlSequence(line, column, items), size, height + 1);
    }

    private (YamlNode Node, int Size, int Height) Mapping(int line, int column, int depth)
    {
        var entries = new List<(YamlScalar Key, YamlNode Value)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var (size, height) = (1, 0);
        while (!parser.Accept<MappingEnd>(out _))
        {
            var (keyNode, keySize, _) = Node(depth + 1);
            if (keyNode is not YamlScalar key)
                throw errors.At(keyNode, "study.key", "a key must be plain text");
            if (!names.Add(key.Text))
                throw errors.At(key, "study.duplicate_key", $"the key '{key.Shown}' is given twice; keep one");
            var (value, valueSize, valueHeight) = Node(depth + 1);
            entries.Add((key, value));
            size += keySize + valueSize;
            height = Math.Max(height, valueHeight);
        }
        Next<MappingEnd>();
        return (new YamlMapping(line, column, entries), size, height + 1);
    }

    private (YamlNode Node, int Size, int Height) Alias(AnchorAlias alias, int depth)
    {
        if (!anchors.TryGetValue(alias.Value.Value, out var target))
            throw At(alias, "study.alias", $"the alias '*{YamlScalar.Show(alias.Value.Value)}' refers to no finished anchor");
        if (depth + target.Height - 1 > MaximumDepth)
            throw At(alias, "study.too_deep", $"values are nested more than {MaximumDepth} deep");
        Count(target.Size, alias);
        return target;
    }

    private void Count(int more, ParsingEvent at)
    {
        nodes += more;
        if (nodes > MaximumNodes)
            throw At(at, "study.too_long", $"the file has more than {MaximumNodes} values");
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (!parser.TryConsume<T>(out _))
            throw errors.At(last.Line, last.Column, "study.yaml", "this is not valid YAML, here or just after");
    }

    private BadInputException At(ParsingEvent at, string code, string message)
    {
        var (line, column) = Position(at);
        return errors.At(line, column, code, message);
    }

    private static (int Line, int Column) Position(ParsingEvent at) => ((int)at.Start.Line, (int)at.Start.Column);
}
