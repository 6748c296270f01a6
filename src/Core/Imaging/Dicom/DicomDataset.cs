using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// The elements of a file or of a sequence item, by tag. An absent and an empty element give the same answer: null or an empty
/// list. Strings are trimmed of spaces and NUL on both sides. A value that is not what its attribute must be (a number that is
/// none) is a <see cref="BadInputException"/> <c>dicom.value</c> that names file and tag. Not to be changed after reading; safe for
/// concurrent readers.
/// </summary>
public sealed class DicomDataset
{
    /// <summary>Elements and items of a file, at all depths; eight bytes of a file can be one, and each takes some hundred of memory.</summary>
    internal const int MaximumElements = 2_000_000;

    private static readonly char[] Padding = [' ', '\0'];
    private readonly Dictionary<DicomTag, DicomElement> _elements = [];
    private readonly DicomDataset? _parent;
    private readonly DicomDataset _root;
    private Encoding? _encoding;
    private int _counted;

    internal DicomDataset(string file, DicomDataset? parent = null, int depth = 0)
    {
        File = file;
        _parent = parent;
        _root = parent?._root ?? this;
        Depth = depth;
        Count();
    }

    /// <summary>Name of the file, for messages.</summary>
    public string File { get; }

    /// <summary>The tags there are, ascending.</summary>
    public IReadOnlyList<DicomTag> Tags => [.. _elements.Keys.Order()];

    internal int Depth { get; }

    /// <summary>Whether an attribute stood twice, which the standard forbids: the last one is here.</summary>
    internal bool HasDoubles { get; private set; }

    public bool Contains(DicomTag tag) => _elements.ContainsKey(tag);

    /// <summary>The first value, trimmed; null where the element is absent or the value empty.</summary>
    public string? GetString(DicomTag tag)
    {
        var all = GetStrings(tag);
        return all.Count > 0 && all[0].Length > 0 ? all[0] : null;
    }

    /// <summary>All values in order, each trimmed, empty ones kept; numbers of binary attributes in invariant round-trip form.</summary>
    public IReadOnlyList<string> GetStrings(DicomTag tag)
    {
        if (!_elements.TryGetValue(tag, out var element) || element.Bytes.IsEmpty)
            return [];
        if (DicomVr.NumberSize(element.Vr) > 0)
            return [.. Binary(element).Select(v => v.ToString("R", CultureInfo.InvariantCulture))];
        var text = Charset().GetString(element.Bytes.Span).Trim(Padding);
        if (text.Length == 0)
            return [];
        if (DicomVr.IsSingleText(element.Vr))
            return [text];
        var values = text.Split('\\');
        for (var i = 0; i < values.Length; i++)
            values[i] = values[i].Trim(Padding);
        return values;
    }

    /// <summary>The first value as a number; null where the element is absent or empty. Always finite.</summary>
    public double? GetDouble(DicomTag tag)
    {
        var all = GetDoubles(tag);
        return all.Count > 0 ? all[0] : null;
    }

    /// <summary>All values of DS, IS, FD, FL, US, SS, UL, SL, SV or UV, all finite; also of a text in an attribute of unknown VR.</summary>
    public IReadOnlyList<double> GetDoubles(DicomTag tag)
    {
        if (!_elements.TryGetValue(tag, out var element) || element.Bytes.IsEmpty)
            return [];
        return DicomVr.NumberSize(element.Vr) > 0 ? Binary(element) : Text(element);
    }

    /// <summary>The first value as a whole number of 32 bits; null where the element is absent or empty.</summary>
    public int? GetInt(DicomTag tag)
    {
        if (GetDouble(tag) is not { } value)
            return null;
        return Math.Floor(value) == value && value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw DicomErrors.Value(File, tag, $"is {value.ToString("R", CultureInfo.InvariantCulture)}, not a whole number of 32 bits");
    }

    /// <summary>The items of a sequence; empty where the element is absent or has none.</summary>
    public IReadOnlyList<DicomDataset> GetSequence(DicomTag tag)
    {
        if (!_elements.TryGetValue(tag, out var element))
            return [];
        return element.Vr is "SQ" or DicomVr.Unknown
            ? element.Items(this)
            : throw DicomErrors.Value(File, tag, $"is written as {element.Vr}, not as a sequence");
    }

    /// <summary>The value as written, in the byte order of the file; empty where the element is absent or a sequence of undefined length.</summary>
    public ReadOnlyMemory<byte> GetBytes(DicomTag tag) =>
        _elements.TryGetValue(tag, out var element) ? element.Bytes : ReadOnlyMemory<byte>.Empty;

    internal DicomElement? Find(DicomTag tag) => _elements.GetValueOrDefault(tag);

    /// <summary>Elements are unique; where a file repeats one, the last stands, as other readers have it.</summary>
    /// <exception cref="BadInputException">The file has more elements than are read.</exception>
    internal void Add(DicomElement element)
    {
        Count();
        HasDoubles |= !_elements.TryAdd(element.Tag, element);
        _elements[element.Tag] = element;
    }

    // Items of defined length are read when they are asked for, perhaps by several at once.
    private void Count()
    {
        if (Interlocked.Increment(ref _root._counted) > MaximumElements)
            throw DicomErrors.TooMany(File);
    }

    private Encoding Charset()
    {
        if (_encoding is { } known)
            return known;
        // The character set is itself ASCII, so it can be read before it is known.
        if (_elements.TryGetValue(DicomTags.SpecificCharacterSet, out var own))
            return _encoding = DicomText.Of(
                [.. Encoding.Latin1.GetString(own.Bytes.Span).Split('\\').Select(s => s.Trim(Padding))]);
        return _encoding = _parent?.Charset() ?? Encoding.Latin1;
    }

    private double[] Text(DicomElement element)
    {
        var rest = element.Bytes.Span.Trim(" \0"u8);
        if (rest.IsEmpty)
            return [];
        var values = new double[1 + rest.Count((byte)'\\')];
        for (var i = 0; i < values.Length; i++)
        {
            var end = rest.IndexOf((byte)'\\');
            var item = (end < 0 ? rest : rest[..end]).Trim(" \0"u8);
            if (!double.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !double.IsFinite(values[i]))
                throw DicomErrors.Value(File, element.Tag, $"holds '{Shown(item)}', which is not a number");
            rest = end < 0 ? [] : rest[(end + 1)..];
        }
        return values;
    }

    private double[] Binary(DicomElement element)
    {
        var size = DicomVr.NumberSize(element.Vr);
        var bytes = element.Bytes.Span;
        if (bytes.Length % size != 0)
            throw DicomErrors.Value(File, element.Tag, $"has {bytes.Length} bytes, not a multiple of the {size} of {element.Vr}");
        var values = new double[bytes.Length / size];
        Span<byte> one = stackalloc byte[8];
        for (var i = 0; i < values.Length; i++)
        {
            bytes.Slice(i * size, size).CopyTo(one);
            if (element.Encoding.BigEndian)
                one[..size].Reverse();
            values[i] = element.Vr switch
            {
                "US" => BinaryPrimitives.ReadUInt16LittleEndian(one),
                "SS" => BinaryPrimitives.ReadInt16LittleEndian(one),
                "UL" => BinaryPrimitives.ReadUInt32LittleEndian(one),
                "SL" => BinaryPrimitives.ReadInt32LittleEndian(one),
                "FL" => BinaryPrimitives.ReadSingleLittleEndian(one),
                "FD" => BinaryPrimitives.ReadDoubleLittleEndian(one),
                "SV" => BinaryPrimitives.ReadInt64LittleEndian(one),
                _ => BinaryPrimitives.ReadUInt64LittleEndian(one),
            };
            if (!double.IsFinite(values[i]))
                throw DicomErrors.Value(File, element.Tag, "is not a finite number");
        }
        return values;
    }

    private static string Shown(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 24)]);
        return string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
    }
}
