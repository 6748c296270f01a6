using System.Numerics;
using System.Runtime.InteropServices;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>
/// Discrete Fourier transform of <see cref="Batch"/> interleaved complex lines at a time: element t of line b is at
/// t·Batch + b of the real and of the imaginary array. Mixed radix 4, 2, 3, 5, self-sorting (Stockham; Van Loan, Computational
/// Frameworks for the FFT, 1.7). Unscaled, exponent −2πi; swap the two arrays for the inverse. Not safe for several threads at once.
/// </summary>
internal sealed class BatchedFft
{
    /// <summary>A multiple of every vector width, so that the same operations run on every machine.</summary>
    public const int Batch = 8;

    private readonly (int Radix, double[] Cos, double[] Sin)[] _stages;
    private readonly double[] _workRe;
    private readonly double[] _workIm;

    public BatchedFft(int n)
    {
        Length = n;
        _workRe = new double[n * Batch];
        _workIm = new double[n * Batch];
        var stages = new List<(int, double[], double[])>();
        for (var rest = n; rest > 1;)
        {
            var radix = rest % 4 == 0 ? 4 : rest % 2 == 0 ? 2 : rest % 3 == 0 ? 3 : 5;
            if (rest % radix != 0)
                throw new ArgumentException($"{n} has a prime factor above 5.", nameof(n));
            var m = rest / radix;
            var cos = new double[m * (radix - 1)];
            var sin = new double[m * (radix - 1)];
            for (var p = 0; p < m; p++)
            {
                for (var j = 1; j < radix; j++)
                    (sin[(p * (radix - 1)) + j - 1], cos[(p * (radix - 1)) + j - 1]) = Math.SinCos(-2 * Math.PI * p * j / rest);
            }
            stages.Add((radix, cos, sin));
            rest = m;
        }
        _stages = [.. stages];
    }

    public int Length { get; }

    /// <summary>The least length of factors 2, 3 and 5 that is not below <paramref name="least"/>.</summary>
    public static int LengthFor(int least)
    {
        for (var n = Math.Max(1, least); ; n++)
        {
            var rest = n;
            foreach (var radix in (ReadOnlySpan<int>)[2, 3, 5])
            {
                while (rest % radix == 0)
                    rest /= radix;
            }
            if (rest == 1)
                return n;
        }
    }

    /// <summary>Transforms both arrays in place; each has Length · Batch elements.</summary>
    public void Transform(double[] re, double[] im)
    {
        var (sourceRe, sourceIm, targetRe, targetIm) = (re, im, _workRe, _workIm);
        var (rest, stride) = (Length, Batch / Vector<double>.Count);
        foreach (var (radix, cos, sin) in _stages)
        {
            var m = rest / radix;
            var from = new Lines(sourceRe, sourceIm);
            var to = new Lines(targetRe, targetIm);
            for (var p = 0; p < m; p++)
            {
                var c = cos.AsSpan(p * (radix - 1), radix - 1);
                var s = sin.AsSpan(p * (radix - 1), radix - 1);
                switch (radix)
                {
                    case 2:
                        Radix2(from, to, stride, m, p, c, s);
                        break;
                    case 3:
                        Radix3(from, to, stride, m, p, c, s);
                        break;
                    case 4:
                        Radix4(from, to, stride, m, p, c, s);
                        break;
                    default:
                        Radix5(from, to, stride, m, p, c, s);
                        break;
                }
            }
            (sourceRe, sourceIm, targetRe, targetIm) = (targetRe, targetIm, sourceRe, sourceIm);
            rest = m;
            stride *= radix;
        }
        if (sourceRe != re)
        {
            sourceRe.AsSpan(0, re.Length).CopyTo(re);
            sourceIm.AsSpan(0, im.Length).CopyTo(im);
        }
    }

    private static void Radix2(Lines from, Lines to, int stride, int m, int p, ReadOnlySpan<double> c, ReadOnlySpan<double> s)
    {
        for (var q = 0; q < stride; q++)
        {
            var a = from[q + (stride * p)];
            var b = from[q + (stride * (p + m))];
            var at = q + (stride * 2 * p);
            to[at] = a + b;
            to[at + stride] = (a - b).Times(c[0], s[0]);
        }
    }

    private static void Radix3(Lines from, Lines to, int stride, int m, int p, ReadOnlySpan<double> c, ReadOnlySpan<double> s)
    {
        var half = Math.Sqrt(3) / 2;
        for (var q = 0; q < stride; q++)
        {
            var a = from[q + (stride * p)];
            var b = from[q + (stride * (p + m))];
            var d = from[q + (stride * (p + (2 * m)))];
            var sum = b + d;
            var u = a - (sum * 0.5);
            var v = ((b - d) * half).TimesMinusI();
            var at = q + (stride * 3 * p);
            to[at] = a + sum;
            to[at + stride] = (u + v).Times(c[0], s[0]);
            to[at + (2 * stride)] = (u - v).Times(c[1], s[1]);
        }
    }

    private static void Radix4(Lines from, Lines to, int stride, int m, int p, ReadOnlySpan<double> c, ReadOnlySpan<double> s)
    {
        for (var q = 0; q < stride; q++)
        {
            var a = from[q + (stride * p)];
            var b = from[q + (stride * (p + m))];
            var d = from[q + (stride * (p + (2 * m)))];
            var e = from[q + (stride * (p + (3 * m)))];
            var (t0, t1, t2) = (a + d, a - d, b + e);
            var t3 = (b - e).TimesMinusI();
            var at = q + (stride * 4 * p);
            to[at] = t0 + t2;
            to[at + stride] = (t1 + t3).Times(c[0], s[0]);
            to[at + (2 * stride)] = (t0 - t2).Times(c[1], s[1]);
            to[at + (3 * stride)] = (t1 - t3).Times(c[2], s[2]);
        }
    }

    private static void Radix5(Lines from, Lines to, int stride, int m, int p, ReadOnlySpan<double> c, ReadOnlySpan<double> s)
    {
        var (s1, c1) = Math.SinCos(2 * Math.PI / 5);
        var (s2, c2) = Math.SinCos(4 * Math.PI / 5);
        for (var q = 0; q < stride; q++)
        {
            var a = from[q + (stride * p)];
            var b = from[q + (stride * (p + m))];
            var d = from[q + (stride * (p + (2 * m)))];
            var e = from[q + (stride * (p + (3 * m)))];
            var f = from[q + (stride * (p + (4 * m)))];
            var (t1, t2, t3, t4) = (b + f, d + e, b - f, d - e);
            var m1 = a + (t1 * c1) + (t2 * c2);
            var m2 = a + (t1 * c2) + (t2 * c1);
            var n1 = ((t3 * s1) + (t4 * s2)).TimesMinusI();
            var n2 = ((t3 * s2) - (t4 * s1)).TimesMinusI();
            var at = q + (stride * 5 * p);
            to[at] = a + t1 + t2;
            to[at + stride] = (m1 + n1).Times(c[0], s[0]);
            to[at + (2 * stride)] = (m2 + n2).Times(c[1], s[1]);
            to[at + (3 * stride)] = (m2 - n2).Times(c[2], s[2]);
            to[at + (4 * stride)] = (m1 - n1).Times(c[3], s[3]);
        }
    }

    /// <summary>Complex lines seen in vectors.</summary>
    private readonly ref struct Lines(double[] re, double[] im)
    {
        private readonly Span<Vector<double>> _re = MemoryMarshal.Cast<double, Vector<double>>(re.AsSpan());
        private readonly Span<Vector<double>> _im = MemoryMarshal.Cast<double, Vector<double>>(im.AsSpan());

        public Complexes this[int at]
        {
            get => new(_re[at], _im[at]);
            set => (_re[at], _im[at]) = (value.Re, value.Im);
        }
    }

    private readonly struct Complexes(Vector<double> re, Vector<double> im)
    {
        public readonly Vector<double> Re = re, Im = im;

        public static Complexes operator +(Complexes a, Complexes b) => new(a.Re + b.Re, a.Im + b.Im);

        public static Complexes operator -(Complexes a, Complexes b) => new(a.Re - b.Re, a.Im - b.Im);

        public static Complexes operator *(Complexes a, double factor) => new(a.Re * factor, a.Im * factor);

        public Complexes Times(double c, double s) => new((Re * c) - (Im * s), (Re * s) + (Im * c));

        public Complexes TimesMinusI() => new(Im, -Re);
    }
}
